"""Unusual: a generator yields the pieces of a duplicated descriptor and returns the verdict."""

import os
import selectors
import socket
from collections.abc import Generator


def _pieces(fd: int, selector: selectors.BaseSelector) -> Generator[bytes, None, str]:
    while True:
        selector.select()
        try:
            piece = os.read(fd, 20000)
        except BlockingIOError:
            continue
        except ConnectionResetError:
            return "reset"
        if not piece:
            return "eof"
        yield piece


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    fd = os.dup(sock.fileno())  # EBADF if it is closed
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(fd, selectors.EVENT_READ)
            data = bytearray()
            pieces = _pieces(fd, selector)
            while True:
                try:
                    data += next(pieces)
                except StopIteration as stop:
                    return bytes(data), stop.value
    finally:
        os.close(fd)
