"""Asks a selector which are ready, the kernel for the number of bytes, and the socket for the error that it keeps."""

import array
import fcntl
import selectors
import socket
import termios


def classify_ready(socks: list[socket.socket]) -> dict[socket.socket, str]:
    found: dict[socket.socket, str] = {}
    with selectors.DefaultSelector() as selector:
        for sock in socks:
            selector.register(sock, selectors.EVENT_READ, sock)
        for key, _ in selector.select(0):
            size = array.array("i", [0])
            fcntl.ioctl(key.fd, termios.FIONREAD, size)
            if size[0]:
                found[key.data] = "data"
            elif key.data.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                found[key.data] = "reset"
            else:
                found[key.data] = "eof"
    return found
