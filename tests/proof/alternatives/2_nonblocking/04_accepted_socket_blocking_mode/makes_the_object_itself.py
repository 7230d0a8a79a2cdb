"""Calls the private accept of the class, and makes the socket object itself."""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    fd, address = listener._accept()
    conn = socket.socket(listener.family, listener.type, listener.proto, fileno=fd)
    try:
        conn.setblocking(False)
    except BaseException:
        conn.close()
        raise
    return conn, address
