"""Asks poll for the error before it asks for bytes: a reset hides the bytes that came before it.

caught by: test_bytes_before_a_reset_are_data
words: your code told the reset
"""

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
        if mask & select.POLLERR:
            found[sock] = "reset"
        elif mask:
            found[sock] = "data" if _unread(sock) else "eof"
    return found
