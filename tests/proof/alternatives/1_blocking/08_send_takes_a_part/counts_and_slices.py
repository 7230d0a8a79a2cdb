"""Counts what was taken, and slices the bytes."""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    total = 0
    while total < len(data):
        total += sock.send(data[total:])
