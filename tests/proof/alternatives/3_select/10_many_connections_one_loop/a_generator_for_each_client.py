"""A generator for each client says whether it wants to read or to write next."""

import select
import socket
from collections.abc import Generator

Talk = Generator[str, None, None]


def talk(conn: socket.socket) -> Talk:
    data = b""
    while True:
        yield "read"
        try:
            data = conn.recv(4096)
        except BlockingIOError:
            continue
        if not data:
            return
        while data:
            try:
                data = data[conn.send(data) :]
            except BlockingIOError:
                yield "write"


class EchoServer:
    def __init__(self, listener: socket.socket) -> None:
        self.addresses: dict[socket.socket, tuple[str, int]] = {}
        self._listener, self._before = listener, listener.gettimeout()
        self._talks: dict[socket.socket, tuple[Talk, str]] = {}

    def step(self, timeout: float | None = None) -> None:
        self._listener.setblocking(False)
        wants: dict[str, list[socket.socket]] = {"read": [self._listener], "write": []}
        for conn, (_, want) in self._talks.items():
            wants[want].append(conn)
        readable, writable, _ = select.select(wants["read"], wants["write"], [], timeout)
        for sock in readable + writable:
            if sock is self._listener:
                self._enter()
            else:
                self._go_on(sock)

    def _enter(self) -> None:
        try:
            conn, address = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        conn.setblocking(False)
        self.addresses[conn] = address
        one = talk(conn)
        self._talks[conn] = one, next(one)

    def _go_on(self, conn: socket.socket) -> None:
        one, _ = self._talks[conn]
        try:
            self._talks[conn] = one, next(one)
        except (StopIteration, OSError):
            del self._talks[conn], self.addresses[conn]
            conn.close()

    def close(self) -> None:
        for conn in self.addresses:
            conn.close()
        self.addresses.clear()
        self._talks.clear()
        self._listener.settimeout(self._before)
