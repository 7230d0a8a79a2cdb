"""Unusual: reads pieces from a BytesIO and seeks back over what did not go."""

import io
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    source = io.BytesIO(data)
    while piece := source.read(100_000):
        source.seek(sock.send(piece) - len(piece), io.SEEK_CUR)
