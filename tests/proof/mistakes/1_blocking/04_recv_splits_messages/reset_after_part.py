"""A reset after some bytes becomes an EOFError; only one before any byte propagates as it is.

caught by: test_an_error_at_any_read_propagates
words: an error at one of the reads did not propagate. This was when the thir
breaks: 5
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    data = bytearray()
    while len(data) < n:
        try:
            piece = sock.recv(min(n - len(data), 65536))
        except ConnectionResetError:
            if not data:
                raise
            piece = b""  # the stream ended in the middle
        if not piece:
            raise EOFError(f"stream ended after {len(data)} of {n} bytes")
        data += piece
    return bytes(data)
