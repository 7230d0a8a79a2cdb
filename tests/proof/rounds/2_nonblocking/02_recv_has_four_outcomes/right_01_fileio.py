"""A raw io.FileIO over the descriptor, whose read() itself turns EAGAIN into None; a closed socket gives ValueError."""

import io
import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    with io.FileIO(sock.fileno(), "rb", closefd=False) as raw:
        return raw.read(n)
