"""Asks for n bytes again and returns all that came.

caught by: test_the_last_piece_is_not_taken_too_large
words: five bytes were asked for, and your code returned something else
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        piece = sock.recv(n)
        if not piece:
            raise EOFError
        data += piece
    return data
