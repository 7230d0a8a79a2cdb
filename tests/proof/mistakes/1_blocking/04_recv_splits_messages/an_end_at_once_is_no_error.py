"""Returns empty bytes when the stream has ended before the first byte.

caught by: test_an_end_before_the_first_byte_is_an_error_too
words: the stream ended before the first byte, and your code did not say so
"""


def recv_exactly(sock, n):
    data = b""
    while len(data) < n:
        piece = sock.recv(n - len(data))
        if not piece and not data:
            return b""
        if not piece:
            raise EOFError
        data += piece
    return data
