"""Lifts the timeout only if it is true, and so does not wait if it is 0.

stays green: the brief leaves a non-blocking socket open now
"""

import os
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    how = "eof"
    try:
        if timeout:
            sock.settimeout(None)
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        how = "reset"
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return bytes(data), how
