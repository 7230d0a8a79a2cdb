"""Sets the kernel's flag with fcntl, and Python's idea of it as well."""

import fcntl
import os
import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    conn, address = listener.accept()
    flags = fcntl.fcntl(conn, fcntl.F_GETFL)
    fcntl.fcntl(conn, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    conn.settimeout(0.0)
    return conn, address
