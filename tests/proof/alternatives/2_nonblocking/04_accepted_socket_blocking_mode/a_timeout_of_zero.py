"""A timeout of 0 is the same mode; closes the connection if it cannot be set."""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    conn, address = listener.accept()
    try:
        conn.settimeout(0)
    except OSError:
        conn.close()
        raise
    return conn, address
