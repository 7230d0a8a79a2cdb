"""At the end of the peer's stream our own side is shut down too; the caller can answer no more.

caught by: test_the_other_direction_is_still_open
words: your code closed a connection to which its peer still sends
breaks: 6
"""

import contextlib
import socket


def recv_all(sock: socket.socket) -> bytes:
    pieces = []
    while piece := sock.recv(65536):
        pieces.append(piece)
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)  # the conversation is over
    return b"".join(pieces)
