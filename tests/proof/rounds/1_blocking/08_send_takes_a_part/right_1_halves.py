"""Unusual: recursion, which cuts the data in halves down to small pieces."""

import socket

PIECE = 65536


def send_all(sock: socket.socket, data: bytes) -> None:
    rest = memoryview(data)
    if len(rest) > PIECE:
        middle = len(rest) // 2
        send_all(sock, rest[:middle])
        send_all(sock, rest[middle:])
        return
    while rest:
        rest = rest[sock.send(rest) :]
