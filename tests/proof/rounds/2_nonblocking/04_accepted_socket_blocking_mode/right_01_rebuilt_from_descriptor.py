"""Takes the descriptor out of the accepted socket, sets O_NONBLOCK, and builds a new object on it."""

import os
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    conn, address = listener.accept()
    try:
        os.set_blocking(conn.fileno(), False)
        fresh = socket.socket(
            listener.family,
            listener.type | socket.SOCK_NONBLOCK,
            listener.proto,
            fileno=conn.fileno(),
        )
    except BaseException:
        conn.close()
        raise
    conn.detach()
    return fresh, address
