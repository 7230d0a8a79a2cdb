"""Waits in a selector, reads without waiting, and believes the read."""

import selectors
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        if not selector.select(seconds):
            return None
    try:
        return sock.recv(n, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
