"""Collects in a list of the module and empties it only at a good end: after a reset the next stream begins with
the old bytes.

caught by: test_ctrl_c_leaves_nothing_behind
words: your code returned bytes from before Ctrl-C again
"""

import socket

_parts: list[bytes] = []


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    while piece := sock.recv(65536):
        _parts.append(piece)
    data = b"".join(_parts)
    _parts.clear()
    return data
