"""Cuts the message into pieces, and counts within each of them."""

import io
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    stream = io.BytesIO(data)
    while piece := stream.read(4096):
        taken = sock.send(piece)
        stream.seek(taken - len(piece), io.SEEK_CUR)
