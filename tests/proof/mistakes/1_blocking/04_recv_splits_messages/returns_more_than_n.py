"""Asks for n bytes again and returns all that came.

caught by: test_the_last_piece_is_not_taken_too_large
words: bytes were asked for, in however many pieces they come
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        piece = sock.recv(n)
        if not piece:
            raise EOFError
        data += piece
    return data
