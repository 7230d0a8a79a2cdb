"""Writes with writev(2), under the descriptor's number, and waits for room itself where there is a timeout."""

import os
import select
import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    taken = 0
    for message in messages:
        rest = memoryview(message)
        try:
            while rest:
                # With a timeout the descriptor is in non-blocking mode, and only the methods of the socket wait.
                if sock.gettimeout() is not None and not select.select([], [sock], [], sock.gettimeout())[1]:
                    raise TimeoutError
                rest = rest[os.writev(sock.fileno(), [rest[:100], rest[100:]]) :]
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
