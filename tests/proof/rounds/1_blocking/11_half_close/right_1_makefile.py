"""Buffered files made from the socket: one to write and flush, one to read all, each closed by its own with."""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.settimeout(None)
        sock.connect(address)
        with sock.makefile("wb", buffering=0) as out:
            view = memoryview(request)
            while view:
                view = view[out.write(view) :]
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as stream:
            return stream.read()
