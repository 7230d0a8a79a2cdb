"""Trusts one recv with MSG_WAITALL: on a socket with a timeout a short piece counts as the end.

caught by: test_a_message_in_a_thousand_pieces_comes_back_whole
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
