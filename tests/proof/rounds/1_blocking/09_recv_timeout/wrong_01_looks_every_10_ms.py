"""Sleeps outside the kernel's wait and looks again every 10 ms.

caught by: test_it_sleeps_in_the_kernel_and_bytes_wake_it
words: time.sleep() cannot be woken by a socket: wait in the call itself
"""

import socket
import time


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    deadline = time.monotonic() + seconds
    sock.setblocking(False)
    try:
        while True:
            try:
                return sock.recv(n)
            except BlockingIOError:
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                time.sleep(min(left, 0.01))
    finally:
        sock.settimeout(before)
