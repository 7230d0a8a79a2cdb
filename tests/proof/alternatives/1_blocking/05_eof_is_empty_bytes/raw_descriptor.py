"""Os.read on the raw descriptor, iter() with b"" as the sentinel, a BytesIO to collect."""

import io
import math
import os
import select
import socket
import time


def _read(sock: socket.socket) -> bytes:
    while True:
        try:
            return os.read(sock.fileno(), 65536)
        except BlockingIOError:
            pass
        timeout = sock.gettimeout()
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        if not timeout:
            poller.poll()
            continue
        deadline = time.monotonic() + timeout
        while not poller.poll(min(max(math.ceil((deadline - time.monotonic()) * 1000), 0), 2**31 - 1)):
            if time.monotonic() >= deadline:
                raise TimeoutError("timed out")


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    with io.BytesIO() as collected:
        collected.writelines(iter(lambda: _read(sock), b""))
        return collected.getvalue()
