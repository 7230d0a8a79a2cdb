"""Shrinks the timeout to what is left of it before each recv, and does not put it back when recv raises.

caught by: test_a_reset_is_not_an_orderly_end
words: an error propagated, and your code left the socket in another mode
"""

import socket
import time


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    timeout = sock.gettimeout()
    start = time.monotonic()
    data = bytearray()
    while len(data) < n:
        if timeout is not None:
            left = timeout - (time.monotonic() - start)
            sock.settimeout(max(left, 0.001))
        piece = sock.recv(min(n - len(data), 65536))
        sock.settimeout(timeout)
        if not piece:
            raise EOFError(f"stream ended after {len(data)} of {n} bytes")
        data += piece
    return bytes(data)
