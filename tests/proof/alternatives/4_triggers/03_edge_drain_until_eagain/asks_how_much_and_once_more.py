"""Asks the kernel how much is there, and looks once more for what stands behind it."""

import array
import fcntl
import socket
import termios


def _there(sock: socket.socket) -> int:
    size = array.array("i", [0])
    fcntl.ioctl(sock.fileno(), termios.FIONREAD, size)
    return size[0]


def read_on_edge(sock: socket.socket) -> tuple[bytes, bool]:
    data = b""
    while True:
        try:
            piece = sock.recv(_there(sock) + 1, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return data, False
        if piece == b"":
            return data, True
        data += piece
