"""The module's buffer is emptied only when a stream ends well; after an error its bytes open the next stream.

caught by: test_ctrl_c_leaves_nothing_behind
words: your code returned bytes from before Ctrl-C again
breaks: 5
"""

import socket

_pieces: list[bytes] = []


def recv_all(sock: socket.socket) -> bytes:
    while piece := sock.recv(65536):
        _pieces.append(piece)
    data = b"".join(_pieces)
    _pieces.clear()
    return data
