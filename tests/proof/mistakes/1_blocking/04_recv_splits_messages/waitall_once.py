"""Trusts one recv with MSG_WAITALL: on a socket with a timeout a short piece counts as the end.

caught by: test_a_socket_with_a_timeout_delivers_pieces_too
words: a piece was shorter than asked for, and your code took it for the end of the stream
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    if n == 0:
        return b""
    data = sock.recv(n, socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError(f"stream ended after {len(data)} of {n} bytes")
    return data
