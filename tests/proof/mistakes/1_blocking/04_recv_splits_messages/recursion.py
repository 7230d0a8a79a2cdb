"""Calls itself once for each piece: a message cut into a thousand pieces ends in a RecursionError.

caught by: test_a_message_in_a_thousand_pieces_comes_back_whole
words: RecursionError
breaks: 1
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    if n == 0:
        return b""
    piece = sock.recv(min(n, 65536))
    if not piece:
        raise EOFError(f"stream ended, {n} bytes are missing")
    return piece + recv_exactly(sock, n - len(piece))
