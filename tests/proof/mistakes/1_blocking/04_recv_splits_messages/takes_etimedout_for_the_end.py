"""Reports a timeout, and ETIMEDOUT with it, as the end of the stream.

caught by: test_an_error_at_any_read_propagates
words: your code raised EOFError
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = b""
    while len(data) < n:
        try:
            piece = sock.recv(n - len(data))
        except TimeoutError:
            piece = b""
        if not piece:
            raise EOFError
        data += piece
    return data
