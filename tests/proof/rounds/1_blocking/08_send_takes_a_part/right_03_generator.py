"""A right answer in which a generator hands out the rest and is told how much of it was taken."""

import socket
from collections.abc import Generator


def rests(data: bytes) -> Generator[bytes, int, None]:
    position = 0
    while position < len(data):
        position += yield data[position : position + (1 << 20)]


def send_all(sock: socket.socket, data: bytes) -> None:
    todo = rests(data)
    try:
        piece = next(todo)
        while True:
            piece = todo.send(sock.send(piece))
    except StopIteration:
        pass
