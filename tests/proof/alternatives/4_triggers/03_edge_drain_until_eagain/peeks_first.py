"""Looks at what is there before it takes it."""

import socket


def read_on_edge(sock: socket.socket) -> tuple[bytes, bool]:
    data = b""
    while True:
        try:
            size = len(sock.recv(5000, socket.MSG_PEEK))
        except BlockingIOError:
            return data, False
        if size == 0:
            return data, True
        data += sock.recv(size)
