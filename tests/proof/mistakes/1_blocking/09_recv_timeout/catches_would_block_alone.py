"""Expects BlockingIOError, which is what a non-blocking recv raises, not one with a timeout.

caught by: test_silence_is_none
words: TimeoutError: timed out
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    finally:
        sock.settimeout(before)
