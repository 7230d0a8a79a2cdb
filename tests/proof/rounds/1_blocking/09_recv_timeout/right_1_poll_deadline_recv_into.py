"""poll() with a deadline, then recv_into() with Python's timeout at 0, and mode and timeout put back separately."""

import os
import select
import socket
import time

LONGEST = 1_000_000.0  # seconds that poll() can count in one wait


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    deadline = time.monotonic() + seconds
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    left = max(0.0, seconds)
    while True:
        if poller.poll(min(left, LONGEST) * 1000):
            buffer = bytearray(n)
            timeout = sock.gettimeout()
            blocking = os.get_blocking(sock.fileno())
            try:
                sock.settimeout(0)
                count = sock.recv_into(buffer)
                return bytes(memoryview(buffer)[:count])
            except BlockingIOError:
                pass
            finally:
                sock.settimeout(timeout)
                os.set_blocking(sock.fileno(), blocking)
        left = deadline - time.monotonic()
        if left <= 0:
            return None
