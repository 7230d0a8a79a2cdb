"""Closes the socket after the reply and after an OSError, but not after Ctrl-C.

caught by: test_an_exception_of_any_kind_leaves_no_socket_open
words: was never closed
breaks: 5
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    sock = socket.create_connection(address)
    try:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        pieces = []
        while piece := sock.recv(65536):
            pieces.append(piece)
    except OSError:
        sock.close()
        raise
    sock.close()
    return b"".join(pieces)
