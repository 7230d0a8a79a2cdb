"""A context manager of its own owns the connection, and a recursion sends the greeting half by half with
sendall().
"""

import contextlib
import select
import socket
from collections.abc import Iterator


@contextlib.contextmanager
def _next_client(listener: socket.socket) -> Iterator[tuple[socket.socket, tuple[str, int]]]:
    while True:
        try:
            conn, address = listener.accept()
        except BlockingIOError:  # a non-blocking listener: sleep here instead
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()
        else:
            break
    try:
        conn.settimeout(None)
        yield conn, address
    finally:
        conn.close()


def _send_halves(conn: socket.socket, data: memoryview) -> None:
    if len(data) <= 10_000:
        conn.sendall(data)
        return
    middle = len(data) // 2
    _send_halves(conn, data[:middle])
    _send_halves(conn, data[middle:])


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    with _next_client(listener) as (conn, address):
        _send_halves(conn, memoryview(greeting))
        return address
