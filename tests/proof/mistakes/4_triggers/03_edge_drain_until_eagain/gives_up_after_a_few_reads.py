"""Puts a limit on the reads of one turn, and does not remember that something was left.

caught by: test_nothing_is_left_unread
words: came, and your code left some unread: they are not reported again
"""


def read_on_edge(sock):
    data = b""
    for _ in range(16):
        try:
            piece = sock.recv(4096)
        except BlockingIOError:
            break
        if not piece:
            return data, True
        data += piece
    return data, False
