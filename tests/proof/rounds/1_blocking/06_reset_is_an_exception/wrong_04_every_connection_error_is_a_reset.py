"""Catches ConnectionError: a refused or aborted connection is called a reset.

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
"""

import os
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    how = "eof"
    try:
        sock.settimeout(None)
        while piece := sock.recv(65536):
            data += piece
    except ConnectionError:
        how = "reset"
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return bytes(data), how
