"""Clears O_NONBLOCK at the end, also on a socket that has a timeout.

caught by: test_the_socket_comes_back_as_it_was
words: your code left the socket in another mode
"""

import os
import select
import socket
import time
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    limit = sock.gettimeout()
    try:
        for message in messages:
            os.set_blocking(sock.fileno(), False)
            try:
                send_whole(sock.fileno(), message, limit)
            except (BrokenPipeError, ConnectionResetError):
                break
            delivered += 1
    finally:
        if sock.fileno() != -1:
            os.set_blocking(sock.fileno(), True)
    return delivered


def send_whole(fd: int, message: bytes, limit: float | None) -> None:
    deadline = None if limit is None else time.monotonic() + limit
    rest = memoryview(message)
    while True:
        try:
            rest = rest[os.write(fd, rest) :]
        except BlockingIOError:
            if limit == 0:
                raise
            wait_for_room(fd, deadline)
        if not rest:
            return


def wait_for_room(fd: int, deadline: float | None) -> None:
    poller = select.poll()
    poller.register(fd, select.POLLOUT)
    if deadline is None:
        poller.poll()
    elif not poller.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError("timed out")
