"""Answers the peer's FIN with its own (shutdown for writing): the caller can send no answer any more.

caught by: test_the_other_direction_is_still_open
words: your code closed a connection to which its peer still sends
"""

import contextlib
import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    data = bytearray()
    while piece := sock.recv(65536):
        data += piece
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_WR)  # end the connection from this side too
    return bytes(data)
