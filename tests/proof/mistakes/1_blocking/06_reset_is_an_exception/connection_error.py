"""Every ConnectionError counts as a reset, ConnectionRefusedError or BrokenPipeError too.

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    pieces = []
    try:
        while piece := sock.recv(65536):
            pieces.append(piece)
    except ConnectionError:
        return b"".join(pieces), "reset"
    return b"".join(pieces), "eof"
