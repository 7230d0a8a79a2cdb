"""Reads through a second object for the same descriptor, which closes it after an error.

caught by: test_a_reset_is_not_an_end
words: your code closed a socket that is still needed, or returned one that is closed
"""

import os
import socket


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    with socket.socket(fileno=sock.fileno()) as twin:
        try:
            twin.settimeout(None)
            while piece := twin.recv(65536):
                data += piece
        finally:
            sock.settimeout(timeout)
            os.set_blocking(sock.fileno(), blocking)
        twin.detach()  # the descriptor is the caller's
    return bytes(data)
