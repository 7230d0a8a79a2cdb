"""An end between two messages, before the first byte, returns b"" and is no EOFError.

caught by: test_an_end_before_the_first_byte_is_an_error_too
words: the stream ended before the first byte, and your code did not say so
breaks: 4
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    data = bytearray()
    while len(data) < n:
        piece = sock.recv(min(n - len(data), 65536))
        if not piece:
            if data:
                raise EOFError(f"stream ended after {len(data)} of {n} bytes")
            break  # a clean end: nothing was cut
        data += piece
    return bytes(data)
