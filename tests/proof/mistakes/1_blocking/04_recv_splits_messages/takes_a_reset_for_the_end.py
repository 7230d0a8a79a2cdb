"""Turns every error of the socket into EOFError.

caught by: test_a_reset_is_not_an_orderly_end
words: the peer reset the connection, and your code reported an orderly end
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        try:
            piece = sock.recv(n - len(data))
        except OSError:
            piece = b""
        if not piece:
            raise EOFError
        data += piece
    return data
