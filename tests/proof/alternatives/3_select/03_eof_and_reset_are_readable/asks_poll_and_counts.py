"""Asks poll for the error and the kernel for the number of bytes; reads nothing at all."""

import array
import fcntl
import select
import socket
import termios


def _unread(sock: socket.socket) -> int:
    size = array.array("i", [0])
    fcntl.ioctl(sock.fileno(), termios.FIONREAD, size)
    return size[0]


def classify_ready(socks: list[socket.socket]) -> dict[socket.socket, str]:
    poll = select.poll()
    for sock in socks:
        poll.register(sock, select.POLLIN)
    masks = dict(poll.poll(0))
    found: dict[socket.socket, str] = {}
    for sock in socks:
        mask = masks.get(sock.fileno(), 0)
        if mask and _unread(sock):
            found[sock] = "data"
        elif mask:
            found[sock] = "reset" if mask & select.POLLERR else "eof"
    return found
