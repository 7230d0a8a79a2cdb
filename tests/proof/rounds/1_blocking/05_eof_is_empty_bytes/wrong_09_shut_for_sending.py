"""At the end of the peer's stream it ends its own too, with shutdown(SHUT_WR), so the caller can send no answer.

caught by: test_the_other_direction_is_still_open
words: Your code closed a connection to which its peer still sends
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    received = bytearray()
    while piece := sock.recv(65536):
        received += piece
    sock.shutdown(socket.SHUT_WR)
    return bytes(received)
