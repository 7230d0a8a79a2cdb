"""After some bytes it turns a reset of the connection into EOFError.

caught by: test_an_error_at_any_read_propagates
words: An error at one of the reads did not propagate
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    received = bytearray()
    while len(received) < n:
        try:
            piece = sock.recv(min(n - len(received), 65536))
        except ConnectionResetError:
            if not received:
                raise
            piece = b""
        if not piece:
            raise EOFError(f"the stream ends after {len(received)} of {n} bytes")
        received += piece
    return bytes(received)
