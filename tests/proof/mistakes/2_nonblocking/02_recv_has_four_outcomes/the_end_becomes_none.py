"""Tests the data for truth: the end is lost, and the caller asks for ever.

caught by: test_the_end_is_not_nothing_yet
words: the answer is b'': nothing more will come
"""


def try_recv(sock, n):
    try:
        return sock.recv(n) or None
    except BlockingIOError:
        return None
