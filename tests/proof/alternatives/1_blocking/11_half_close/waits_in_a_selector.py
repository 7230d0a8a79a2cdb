"""Does all of it on a non-blocking socket and waits in a selector."""

import os
import selectors
import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket() as sock, selectors.DefaultSelector() as selector:
        sock.setblocking(False)
        try:
            sock.connect(address)
        except BlockingIOError:
            pass
        selector.register(sock, selectors.EVENT_WRITE)
        selector.select()
        if error := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(error, os.strerror(error))
        rest = memoryview(request)
        while rest:
            selector.select()
            rest = rest[sock.send(rest) :]
        sock.shutdown(socket.SHUT_WR)
        selector.modify(sock, selectors.EVENT_READ)
        reply = bytearray()
        while True:
            selector.select()
            piece = sock.recv(4096)
            if not piece:
                return bytes(reply)
            reply += piece
