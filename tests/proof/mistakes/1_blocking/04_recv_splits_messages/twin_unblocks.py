"""Makes a duplicate blocking, and with it the caller's descriptor: gettimeout() still says 5, the descriptor
blocks.

caught by: test_the_socket_keeps_its_timeout_when_the_stream_ends
words: EOFError was raised, and your code left the socket in another mode
breaks: 7
"""

import os
import select
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    if n == 0:
        return b""
    timeout = sock.gettimeout()
    data = bytearray()
    with socket.socket(fileno=os.dup(sock.fileno())) as twin:
        twin.setblocking(True)  # only the twin: the caller's socket keeps its timeout
        poller = select.poll()
        poller.register(twin, select.POLLIN)
        while len(data) < n:
            if not poller.poll(None if timeout is None else timeout * 1000):
                raise TimeoutError("timed out")
            piece = twin.recv(min(n - len(data), 65536))
            if not piece:
                raise EOFError(f"stream ended after {len(data)} of {n} bytes")
            data += piece
    return bytes(data)
