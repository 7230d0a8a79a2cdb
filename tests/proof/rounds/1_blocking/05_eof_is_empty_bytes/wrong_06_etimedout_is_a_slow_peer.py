"""Goes on after a TimeoutError: the connection that failed with ETIMEDOUT seems to end.

caught by: test_an_error_at_any_read_propagates
words: an error at one of the reads did not propagate
"""

import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    try:
        sock.settimeout(None)
        while True:
            try:
                piece = sock.recv(65536)
            except TimeoutError:
                continue  # the peer is only slow
            if not piece:
                return bytes(data)
            data += piece
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
