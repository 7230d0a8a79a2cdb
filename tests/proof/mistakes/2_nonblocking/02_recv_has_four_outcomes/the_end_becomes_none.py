"""Tests the data for truth: the end is lost, and the caller asks forever.

caught by: test_the_end_is_not_nothing_yet
words: the stream had ended, and your function did not return b''
breaks: 3
"""


def try_recv(sock, n):
    try:
        return sock.recv(n) or None
    except BlockingIOError:
        return None
