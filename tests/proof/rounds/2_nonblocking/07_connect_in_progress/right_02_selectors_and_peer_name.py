"""Sleeps in a selector; who has a peer name is connected, and only the others are asked for SO_ERROR."""

import contextlib
import errno
import selectors
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    with contextlib.ExitStack() as undo:
        sock = undo.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        sock.settimeout(0)
        try:
            sock.connect(address)
        except OSError as error:
            if error.errno != errno.EINPROGRESS:
                raise
        undo.pop_all()
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        if not selector.select(max(timeout, 0)):
            return errno.ETIMEDOUT
    try:
        sock.getpeername()
    except OSError:
        return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return 0
