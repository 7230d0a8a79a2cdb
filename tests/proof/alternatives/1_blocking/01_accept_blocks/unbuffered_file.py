"""Right: the greeting goes out through an unbuffered file object, write by write."""

import select
import socket


def _accept(listener):
    while True:
        try:
            return listener.accept()
        except BlockingIOError:
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = _accept(listener)
    with conn:
        conn.setblocking(True)
        with conn.makefile("wb", buffering=0) as stream:
            rest = memoryview(greeting)
            while rest:
                rest = rest[stream.write(rest) :]
    return address
