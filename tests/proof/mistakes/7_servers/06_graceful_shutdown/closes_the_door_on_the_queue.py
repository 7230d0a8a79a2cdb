"""Closes the listener at once, and with it everybody who has connected and was not accepted yet.

caught by: test_clients_in_the_queue_are_taken_first
words: your code closed the listener before it took the clients in its queue: they were reset
"""

import errno
import selectors
import socket
import time
from contextlib import suppress

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def stop_accepting(listener: socket.socket) -> list[socket.socket]:
    listener.close()
    return []


def serve(listener: socket.socket, stop: socket.socket, grace: float = 5.0) -> None:
    selector = selectors.DefaultSelector()
    pending: dict[socket.socket, bytes] = {}
    ended: set[socket.socket] = set()
    until: float | None = None

    def come(conn: socket.socket) -> None:
        conn.setblocking(False)
        pending[conn] = b""
        selector.register(conn, READ)

    def go(conn: socket.socket) -> None:
        selector.unregister(conn)
        ended.discard(conn)
        del pending[conn]
        conn.close()

    def talk(conn: socket.socket, mask: int) -> None:
        if mask & READ:
            data = conn.recv(30_000)
            pending[conn] += data
            if not data:
                ended.add(conn)
        if pending[conn]:
            with suppress(BlockingIOError):
                pending[conn] = pending[conn][conn.send(pending[conn]) :]
        wanted = WRITE if pending[conn] else 0
        if conn not in ended and len(pending[conn]) < 100_000:
            wanted |= READ
        if wanted:
            selector.modify(conn, wanted)
        else:
            go(conn)

    listener.setblocking(False)
    try:
        selector.register(listener, READ)
        selector.register(stop, READ)
        while until is None or pending:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                return
            for key, mask in selector.select(left):
                sock = key.fileobj
                assert isinstance(sock, socket.socket)
                if sock is stop:
                    until = time.monotonic() + grace
                    selector.unregister(stop)
                    selector.unregister(listener)
                    for conn in stop_accepting(listener):
                        come(conn)
                elif sock is listener:
                    if until is None:
                        with suppress(BlockingIOError):
                            come(listener.accept()[0])
                else:
                    try:
                        talk(sock, mask)
                    except BlockingIOError:
                        pass
                    except OSError:
                        go(sock)
    finally:
        for conn in list(pending):
            go(conn)
        selector.close()
