"""Os.writev on the raw descriptor in two buffers; poll() only where the descriptor does not block."""

import math
import os
import select
import socket
import time
from collections.abc import Iterable


def _wait_writable(fd: int, timeout: float | None) -> None:
    poller = select.poll()
    poller.register(fd, select.POLLOUT)
    if not timeout:  # none, or a socket that never waits by itself
        poller.poll()
        return
    deadline = time.monotonic() + timeout
    while True:
        left = deadline - time.monotonic()
        if poller.poll(min(max(math.ceil(left * 1000), 0), 2**31 - 1)):
            return
        if time.monotonic() >= deadline:
            raise TimeoutError("timed out")


def _send_whole(sock: socket.socket, message: bytes) -> bool:
    rest = memoryview(message)
    while True:
        half = len(rest) // 2
        try:
            if not rest:  # writev with nothing does not ask the socket
                sock.send(b"")
                return True
            rest = rest[os.writev(sock.fileno(), [rest[:half], rest[half:]]) :]
        except BlockingIOError:
            _wait_writable(sock.fileno(), sock.gettimeout())
            continue
        except (BrokenPipeError, ConnectionResetError):
            return False
        if not rest:
            return True


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken."""
    count = 0
    for message in messages:
        if not _send_whole(sock, message):
            break
        count += 1
    return count
