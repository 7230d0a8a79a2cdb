"""Os.readv on the raw descriptor; poll() only where the descriptor does not block."""

import math
import os
import select
import socket
import time

SIZE = 65536


def _wait_readable(fd: int, timeout: float | None) -> None:
    poller = select.poll()
    poller.register(fd, select.POLLIN)
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


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket."""
    scratch = memoryview(bytearray(min(n, SIZE)))
    data = bytearray()
    while len(data) < n:
        room = scratch[: n - len(data)]
        half = len(room) // 2
        try:
            count = os.readv(sock.fileno(), [room[:half], room[half:]])
        except BlockingIOError:
            _wait_readable(sock.fileno(), sock.gettimeout())
            continue
        if not count:
            raise EOFError(f"stream ended after {len(data)} of {n} bytes")
        data += room[:count]
    return bytes(data)
