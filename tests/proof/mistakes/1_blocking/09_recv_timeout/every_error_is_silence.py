"""Catches every OSError: a broken connection looks idle.

caught by: test_a_reset_propagates
words: recv() failed with ECONNRESET, and your code took it for silence
breaks: 6
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except OSError:
        return None
    finally:
        sock.settimeout(before)
