"""Asks SO_ERROR before it asks for bytes: a reset hides the bytes that came before it.

caught by: test_bytes_before_a_reset_are_data
words: your code told the reset
"""

import selectors
import socket


def classify_ready(socks: list[socket.socket]) -> dict[socket.socket, str]:
    found: dict[socket.socket, str] = {}
    with selectors.DefaultSelector() as selector:
        for sock in socks:
            selector.register(sock, selectors.EVENT_READ, sock)
        for key, _ in selector.select(0):
            sock = key.data
            if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                found[sock] = "reset"
            elif sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
                found[sock] = "data"
            else:
                found[sock] = "eof"
    return found
