"""Reads once for an edge, as one may where the wait is level-triggered.

caught by: test_nothing_is_left_unread
words: came, and your code left some unread: they are not reported again
"""


def read_on_edge(sock):
    try:
        data = sock.recv(4096)
    except BlockingIOError:
        return b"", False
    return data, not data
