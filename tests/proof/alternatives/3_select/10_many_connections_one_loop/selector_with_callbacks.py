"""A selector keeps the state with each registration; a connection is heard again when it has got its answer."""

import errno
import selectors
import socket
from typing import Any


class EchoServer:
    def __init__(self, listener: socket.socket) -> None:
        self.addresses: dict[socket.socket, tuple[str, int]] = {}
        self._listener = listener
        self._blocking = listener.gettimeout()
        listener.settimeout(0)
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ, b"")

    def step(self, timeout: float | None = None) -> None:
        for key, mask in self._selector.select(timeout):
            sock: Any = key.fileobj
            try:
                if sock is self._listener:
                    self._welcome()
                elif mask & selectors.EVENT_READ:
                    self._hear(sock)
                else:
                    self._answer(sock, key.data)
            except BlockingIOError:
                pass
            except OSError as error:
                if sock is not self._listener:
                    self._end(sock)
                elif error.errno != errno.ECONNABORTED:
                    raise

    def _welcome(self) -> None:
        conn, address = self._listener.accept()
        conn.setblocking(False)
        self.addresses[conn] = address
        self._selector.register(conn, selectors.EVENT_READ, b"")

    def _hear(self, conn: socket.socket) -> None:
        if data := conn.recv(16384):
            # No more is read until this is sent: who does not read is not heard.
            self._selector.modify(conn, selectors.EVENT_WRITE, data)
        else:
            self._end(conn)

    def _answer(self, conn: socket.socket, data: bytes) -> None:
        rest = data[conn.send(data) :]
        self._selector.modify(conn, selectors.EVENT_WRITE if rest else selectors.EVENT_READ, rest)

    def _end(self, conn: socket.socket) -> None:
        del self.addresses[conn]
        self._selector.unregister(conn)
        conn.close()

    def close(self) -> None:
        while self.addresses:
            self._end(next(iter(self.addresses)))
        self._selector.close()
        self._listener.settimeout(self._blocking)
