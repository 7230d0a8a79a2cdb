"""Expects a timeout where the socket may not wait at all.

caught by: test_nothing_has_come_yet
words: BlockingIOError EAGAIN
"""


def try_recv(sock, n):
    try:
        return sock.recv(n)
    except TimeoutError:
        return None
