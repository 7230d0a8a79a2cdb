"""Of the kind that writes to the descriptor with os.write() and waits in poll() where the socket has a timeout."""

import os
import select
import socket
import time
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        try:
            write_whole(sock, message)
        except (BrokenPipeError, ConnectionResetError):
            return delivered
        delivered += 1
    return delivered


def write_whole(sock: socket.socket, message: bytes) -> None:
    limit = sock.gettimeout()
    deadline = time.monotonic() + limit if limit else None
    rest = memoryview(message)
    while True:
        try:
            # Blocks in the kernel if the socket is blocking. An empty message
            # is written too: it fails on a connection that is broken.
            written = os.write(sock.fileno(), rest)
        except BlockingIOError:
            if deadline is None:
                raise  # non-blocking, or SO_SNDTIMEO
            wait_for_room(sock, deadline)
            continue
        rest = rest[written:]
        if not rest:
            return


def wait_for_room(sock: socket.socket, deadline: float) -> None:
    left = deadline - time.monotonic()
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    if left <= 0 or not poller.poll(left * 1000):
        raise TimeoutError("timed out")
