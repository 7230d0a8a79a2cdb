"""Unusual: readall() of an unbuffered makefile() that `with` closes together with the socket."""

import errno
import os
import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    failure: OSError = ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
    for family, kind, proto, _, to in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
        with socket.socket(family, kind, proto) as sock, sock.makefile("rb", buffering=0) as file:
            sock.settimeout(None)
            try:
                sock.connect(to)
            except OSError as error:
                failure = error
                continue
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
            return file.readall()
    raise failure
