"""Keeps what came for each socket, and Ctrl-C is no Exception: the next call on that socket returns it too.

caught by: test_ctrl_c_leaves_nothing_behind
words: your code returned bytes from before Ctrl-C again
breaks: 5
"""

import socket
import weakref

so_far: weakref.WeakKeyDictionary[socket.socket, bytearray] = weakref.WeakKeyDictionary()


def recv_all(sock: socket.socket) -> bytes:
    received = so_far.setdefault(sock, bytearray())
    try:
        while piece := sock.recv(65536):
            received += piece
    except Exception:
        del so_far[sock]
        raise
    del so_far[sock]
    return bytes(received)
