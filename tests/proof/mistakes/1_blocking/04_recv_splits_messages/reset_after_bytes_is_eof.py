"""A reset that comes after the first bytes of the message is turned into an EOFError.

caught by: test_an_error_at_any_read_propagates
words: an error at one of the reads did not propagate. This was when the thir
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    while len(data) < n:
        try:
            chunk = sock.recv(min(n - len(data), 65536))
        except ConnectionResetError:
            if not data:
                raise
            chunk = b""
        if not chunk:
            raise EOFError(f"{len(data)} of {n} bytes")
        data += chunk
    return bytes(data)
