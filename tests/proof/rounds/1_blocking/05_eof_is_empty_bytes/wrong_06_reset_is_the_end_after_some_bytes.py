"""It lets a reset propagate only if nothing has come before, and takes it for the end otherwise.

caught by: test_a_reset_is_not_an_end
words: The connection broke, and your code reported an orderly end
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    received = bytearray()
    try:
        while piece := sock.recv(65536):
            received += piece
    except ConnectionResetError:
        if not received:
            raise
    return bytes(received)
