"""Closes the socket after a reset, since nothing can be done with it any more.

caught by: test_the_socket_comes_back_as_it_was
words: your code closed the caller's socket
breaks: 6
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    data = bytearray()
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        sock.close()
        return bytes(data), "reset"
    return bytes(data), "eof"
