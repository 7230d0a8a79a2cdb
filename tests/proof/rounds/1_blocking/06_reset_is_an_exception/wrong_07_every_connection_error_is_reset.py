"""Catches ConnectionError, so that ECONNABORTED, ECONNREFUSED and EPIPE are returned as "reset" too.

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
