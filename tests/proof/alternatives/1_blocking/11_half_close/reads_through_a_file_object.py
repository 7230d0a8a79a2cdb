"""Lets a file object read to the end."""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket() as sock:
        sock.connect(address)
        with sock.makefile("rwb") as stream:
            stream.write(request)
            stream.flush()
            sock.shutdown(socket.SHUT_WR)
            return stream.read()
