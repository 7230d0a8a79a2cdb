"""A reset after some bytes counts as the end; only a reset before the first byte propagates.

caught by: test_a_reset_is_not_an_end
words: the connection broke, and your code reported an orderly end
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            if not data:
                raise
            piece = b""  # the peer has gone after its message
        if not piece:
            return bytes(data)
        data += piece
