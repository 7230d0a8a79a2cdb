"""Asks for n bytes again, although a part of them has come.

caught by: test_the_last_piece_is_not_taken_too_large
words: your code took bytes of the next message out of the kernel
breaks: 2
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        piece = sock.recv(n)
        if not piece:
            raise EOFError
        data += piece
    return data[:n]
