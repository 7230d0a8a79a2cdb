"""Closes the caller's socket when an error propagates.

caught by: test_a_reset_is_not_an_orderly_end
words: an error propagated, and your code left the socket in another mode
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        try:
            piece = sock.recv(n - len(data))
        except OSError:
            sock.close()
            raise
        if not piece:
            raise EOFError
        data += piece
    return data
