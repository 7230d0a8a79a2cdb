"""It keeps what came on each socket and drops it after every Exception, and KeyboardInterrupt is none.

caught by: test_ctrl_c_leaves_nothing_behind
words: Your code returned bytes from before Ctrl-C again
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
