"""Takes the timeout as a limit for the whole message, as sendall does."""

import selectors
import socket
import time


def send_all(sock: socket.socket, data: bytes) -> None:
    limit = sock.gettimeout()
    ends = None if limit is None else time.monotonic() + limit
    with selectors.DefaultSelector() as selector:
        selector.register(sock.fileno(), selectors.EVENT_WRITE)
        sock.setblocking(False)
        try:
            while data:
                left = None if ends is None else max(0.0, ends - time.monotonic())
                if not selector.select(left):
                    raise TimeoutError("timed out")
                try:
                    data = data[sock.send(data) :]
                except BlockingIOError:
                    continue
        finally:
            sock.settimeout(limit)
