"""Gives up with TimeoutError after an hour of silence.

caught by: test_silence_is_neither
words: the peer may be silent for as long as it likes, and your code limited the wait
"""

import os
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    how = "eof"
    try:
        sock.settimeout(3600)
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        how = "reset"
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    return bytes(data), how
