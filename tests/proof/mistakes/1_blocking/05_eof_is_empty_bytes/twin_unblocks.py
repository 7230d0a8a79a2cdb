"""Makes a duplicate blocking, and with it the caller's descriptor: gettimeout() still says 30, the descriptor blocks.

caught by: test_the_socket_keeps_its_timeout
words: your code left the socket in another mode
"""

import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    pieces: list[bytes] = []
    with socket.socket(fileno=os.dup(sock.fileno())) as twin:
        twin.setblocking(True)  # only the twin: the caller's socket keeps its timeout
        while piece := twin.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)
