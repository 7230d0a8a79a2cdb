"""Calls a connection that failed with ETIMEDOUT after some bytes a reset.

caught by: test_each_error_at_any_read_is_reported_as_what_it_is
words: an error other than a reset did not propagate
"""

import errno
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
    except OSError as error:
        lost = error.errno == errno.ETIMEDOUT and data  # bytes may be missing
        if error.errno != errno.ECONNRESET and not lost:
            raise
        how = "reset"
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return bytes(data), how
