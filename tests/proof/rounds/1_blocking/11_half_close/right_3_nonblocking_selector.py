"""A non-blocking socket and a selector that reads and writes in one loop, with os.write() and os.readv()."""

import os
import selectors
import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock, selectors.DefaultSelector() as selector:
        sock.settimeout(None)
        sock.connect(address)
        sock.setblocking(False)
        rest = memoryview(request)
        if not rest:
            sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        buffer = bytearray(65536)
        ended = False
        selector.register(sock, selectors.EVENT_WRITE if rest else selectors.EVENT_READ)
        while rest or not ended:
            selector.select()
            try:
                if rest:
                    rest = rest[os.write(sock.fileno(), rest) :]
                    if not rest:
                        sock.shutdown(socket.SHUT_WR)
                        selector.modify(sock, selectors.EVENT_READ)
                else:
                    count = os.readv(sock.fileno(), [buffer])
                    reply += memoryview(buffer)[:count]
                    ended = count == 0
            except BlockingIOError:
                continue
        return bytes(reply)
