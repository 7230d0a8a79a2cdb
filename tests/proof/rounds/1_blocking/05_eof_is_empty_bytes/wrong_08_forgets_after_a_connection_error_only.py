"""Keeps its buffer for the next call, and empties it after a ConnectionError only.

caught by: test_ctrl_c_leaves_nothing_behind
words: your code returned bytes from before Ctrl-C again
"""

import os
import socket
import threading

_local = threading.local()  # one buffer for each thread, allocated once


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    if not hasattr(_local, "data"):
        _local.data = bytearray()
    data = _local.data
    try:
        sock.settimeout(None)
        while piece := sock.recv(65536):
            data += piece
    except ConnectionError:
        data.clear()
        raise
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
    result = bytes(data)
    data.clear()
    return result
