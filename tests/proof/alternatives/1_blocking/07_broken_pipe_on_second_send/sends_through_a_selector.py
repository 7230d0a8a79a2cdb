"""Makes the socket non-blocking while it sends, waits in a selector, and puts the mode back."""

import selectors
import socket
from collections.abc import Iterable


def _send(sock: socket.socket, message: bytes) -> None:
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_WRITE)
            at = 0
            while at < len(message):
                selector.select()
                try:
                    at += sock.sendmsg([memoryview(message)[at:]])
                except BlockingIOError:
                    continue
    finally:
        sock.settimeout(before)


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    taken = 0
    source = iter(messages)
    while (message := next(source, None)) is not None:
        try:
            _send(sock, message)
        except (BrokenPipeError, ConnectionResetError):
            return taken
        taken += 1
    return taken
