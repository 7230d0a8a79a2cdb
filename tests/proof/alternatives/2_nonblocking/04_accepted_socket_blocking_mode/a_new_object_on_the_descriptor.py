"""Takes the descriptor over into a new object and sets the mode there."""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    accepted, address = listener.accept()
    with accepted:
        conn = socket.socket(fileno=accepted.detach())
    conn.setblocking(False)
    return conn, address
