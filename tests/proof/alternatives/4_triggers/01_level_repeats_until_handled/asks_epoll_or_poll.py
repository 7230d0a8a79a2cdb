"""Asks whatever the system has, through selectors."""

import selectors
import socket
from collections.abc import Iterator


def _pieces(sock: socket.socket, size: int) -> Iterator[bytes]:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        while True:
            for _ in selector.select():
                piece = sock.recv(size)
                yield piece
                if not piece:
                    return


def drain_level(sock: socket.socket, size: int) -> list[bytes]:
    return list(_pieces(sock, size))
