"""Fills a buffer of its own and copies out what came."""

import socket


def read_on_edge(sock: socket.socket) -> tuple[bytes, bool]:
    buffer = bytearray(4096)
    pieces: list[bytes] = []
    try:
        while size := sock.recv_into(buffer):
            pieces.append(bytes(buffer[:size]))
    except BlockingIOError:
        return b"".join(pieces), False
    return b"".join(pieces), True
