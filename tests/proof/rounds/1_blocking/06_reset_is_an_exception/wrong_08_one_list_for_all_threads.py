"""Collects in a list of the module, emptied at the start: two threads at once mix their bytes.

caught by: test_two_threads_do_not_mix_two_streams
words: two threads read two sockets, and your code mixed their bytes
"""

import os
import socket

_pieces: list[bytes] = []


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    _pieces.clear()
    how = "eof"
    try:
        sock.settimeout(None)
        while piece := sock.recv(65536):
            _pieces.append(piece)
    except ConnectionResetError:
        how = "reset"
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return b"".join(_pieces), how
