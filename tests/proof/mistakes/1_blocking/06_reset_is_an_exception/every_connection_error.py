"""Catches ConnectionError: a refused or an aborted connection is called a reset too.

caught by: test_each_error_at_any_read_is_told_as_what_it_is
words: an error that is no reset did not propagate. This was when the first r
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    data = bytearray()
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionError:
        return bytes(data), "reset"
    return bytes(data), "eof"
