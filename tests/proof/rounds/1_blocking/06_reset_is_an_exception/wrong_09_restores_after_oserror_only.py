"""Restores the mode at the end and after an OSError, but not if a signal handler raises.

caught by: test_ctrl_c_leaves_nothing_behind
words: Ctrl-C was pressed, and your code left the socket in another mode
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
    except ConnectionResetError:
        how = "reset"
    except OSError:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
        raise
    sock.settimeout(timeout)
    os.set_blocking(sock.fileno(), blocking)
    return bytes(data), how
