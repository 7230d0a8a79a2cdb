"""Takes a reset for the end of an empty stream if no byte came before it.

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
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        if data:
            raise  # something is missing
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return bytes(data)
