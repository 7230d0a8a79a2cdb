"""Reads until nothing is left: more than the caller asked for.

caught by: test_no_more_than_n_bytes_are_taken
words: your function returned something else than the first n bytes
"""


def try_recv(sock, n):
    data = None
    while True:
        try:
            piece = sock.recv(n)
        except BlockingIOError:
            return data
        data = (data or b"") + piece
        if not piece:
            return data
