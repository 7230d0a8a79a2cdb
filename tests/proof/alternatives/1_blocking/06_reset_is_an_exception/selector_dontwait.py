"""Recv with MSG_DONTWAIT first, and an epoll selector to sleep on only when nothing is there."""

import selectors
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    pieces: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        while True:
            try:
                piece = sock.recv(40_000, socket.MSG_DONTWAIT)
            except ConnectionResetError:
                return b"".join(pieces), "reset"
            except BlockingIOError:
                if sock.gettimeout() is not None:
                    raise  # the caller's own mode
                selector.select()
                continue
            if not piece:
                return b"".join(pieces), "eof"
            pieces.append(piece)
