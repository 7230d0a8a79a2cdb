"""Writes to a file object without a buffer."""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    taken = 0
    with sock.makefile("wb", buffering=0) as stream:
        for message in messages:
            rest = memoryview(message)
            try:
                while rest:
                    rest = rest[stream.write(rest) or 0 :]
            except (BrokenPipeError, ConnectionResetError):
                break
            taken += 1
    return taken
