"""Returns b"" instead of EOFError if the stream ends before the first byte.

caught by: test_an_end_before_the_first_byte_is_an_error_too
words: the stream ended before the first byte, and your code did not say so
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    while len(data) < n:
        piece = sock.recv(min(n - len(data), 65536))
        if not piece:
            if not data:
                return b""  # ended between two messages: in order
            raise EOFError("the stream has ended inside a message")
        data += piece
    return bytes(data)
