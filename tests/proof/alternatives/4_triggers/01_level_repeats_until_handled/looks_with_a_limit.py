"""Waits in select a second at a time, and reads in a mode of its own that it puts back."""

import select
import socket


def drain_level(sock: socket.socket, size: int) -> list[bytes]:
    before = sock.gettimeout()
    pieces: list[bytes] = []
    sock.setblocking(False)
    try:
        while not pieces or pieces[-1] != b"":
            if not select.select([sock], [], [], 1.0)[0]:
                continue
            try:
                pieces.append(sock.recv(size))
            except BlockingIOError:
                continue
    finally:
        sock.settimeout(before)
    return pieces
