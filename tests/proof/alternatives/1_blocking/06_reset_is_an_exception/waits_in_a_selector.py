"""Waits in a selector and reads without waiting; recv alone decides what the end was."""

import selectors
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = b""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        try:
            while True:
                selector.select()
                try:
                    piece = sock.recv(4096, socket.MSG_DONTWAIT)
                except BlockingIOError:
                    continue
                if not piece:
                    return data, "eof"
                data += piece
        except ConnectionResetError:
            return data, "reset"
