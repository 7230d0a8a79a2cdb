"""Lets a reset out before the first byte, and takes one in the middle for the end of the stream.

caught by: test_an_error_at_any_read_propagates
words: failed with ECONNRESET (case
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = b""
    while len(data) < n:
        try:
            piece = sock.recv(n - len(data))
        except ConnectionResetError:
            if not data:
                raise
            piece = b""
        if not piece:
            raise EOFError
        data += piece
    return data
