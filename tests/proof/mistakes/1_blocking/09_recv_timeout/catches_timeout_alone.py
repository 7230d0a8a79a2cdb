"""Forgets that a timeout of 0 is non-blocking mode, with an exception of its own.

caught by: test_zero_seconds_look_once
words: BlockingIOError EAGAIN
"""


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except TimeoutError:
        return None
    finally:
        sock.settimeout(before)
