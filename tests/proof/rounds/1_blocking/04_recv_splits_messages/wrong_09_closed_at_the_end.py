"""It closes the socket before it raises EOFError.

caught by: test_the_socket_keeps_its_timeout_when_the_stream_ends
words: EOFError was raised, and your code left the socket in another mode
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    received = bytearray()
    while len(received) < n:
        piece = sock.recv(min(n - len(received), 65536))
        if not piece:
            sock.close()
            raise EOFError(f"the stream ends after {len(received)} of {n} bytes")
        received += piece
    return bytes(received)
