"""Decodes each piece as it comes, as program 4 does: a character may be cut.

caught by: test_an_end_in_the_middle_is_an_error
words: UnicodeDecodeError
"""


def recv_exactly(sock, n):
    text = ""
    while len(text.encode()) < n:
        piece = sock.recv(n - len(text.encode()))
        if not piece:
            raise EOFError
        text += piece.decode()
    return text.encode()
