"""Os.readv on the raw descriptor; poll() only where the descriptor does not block."""

import math
import os
import select
import socket
import time


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


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    small, big = bytearray(7), bytearray(65536)
    data = bytearray()
    while True:
        try:
            count = os.readv(sock.fileno(), [small, big])
        except BlockingIOError:
            _wait_readable(sock.fileno(), sock.gettimeout())
        except ConnectionResetError:
            return bytes(data), "reset"
        else:
            if not count:
                return bytes(data), "eof"
            data += small[:count]
            data += memoryview(big)[: max(count - len(small), 0)]
