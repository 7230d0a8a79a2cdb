"""Tells of every ConnectionError as of a reset, of a refused connection too.

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = b""
    while True:
        try:
            piece = sock.recv(4096)
        except ConnectionError:
            return data, "reset"
        if not piece:
            return data, "eof"
        data += piece
