"""Sets the kernel's flag with ioctl(FIONBIO) and Python's with settimeout(0), in an ExitStack."""

import contextlib
import fcntl
import socket
import struct
import termios


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    with contextlib.ExitStack() as undo:
        conn, address = listener.accept()
        undo.callback(conn.close)
        fcntl.ioctl(conn.fileno(), termios.FIONBIO, struct.pack("i", 1))
        conn.settimeout(0.0)
        undo.pop_all()
    return conn, address
