"""poll() and flags: no socket changes its mode, each call says that it may not wait."""

import contextlib
import select
import socket

NOW = socket.MSG_DONTWAIT


class EchoServer:
    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.addresses: dict[socket.socket, tuple[str, int]] = {}
        self.owed: dict[int, list[bytes]] = {}
        self.done: set[int] = set()

    def step(self, timeout: float | None = None) -> None:
        poll = select.poll()
        poll.register(self.listener, select.POLLIN)
        for conn in self.addresses:
            number = conn.fileno()
            hear = 0 if number in self.done else select.POLLIN
            poll.register(conn, hear | (select.POLLOUT if self.owed[number] else 0))
        found = dict(poll.poll(None if timeout is None else timeout * 1000))
        for conn in list(self.addresses):
            if event := found.get(conn.fileno()):
                try:
                    self._talk(conn, event)
                except OSError:
                    self._forget(conn)
        if self.listener.fileno() in found:
            self._accept()

    def _accept(self) -> None:
        mode = self.listener.gettimeout()
        self.listener.settimeout(0)
        try:
            with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                conn, address = self.listener.accept()
                conn.setblocking(True)
                self.addresses[conn] = address
                self.owed[conn.fileno()] = []
        finally:
            self.listener.settimeout(mode)

    def _talk(self, conn: socket.socket, event: int) -> None:
        number = conn.fileno()
        owed = self.owed[number]
        with contextlib.suppress(BlockingIOError):
            if event & ~select.POLLOUT and number not in self.done:
                data = conn.recv(65536, NOW)
                if not data:
                    self.done.add(number)
                else:
                    owed.append(data)
            while owed:
                sent = conn.send(owed[0], NOW)
                owed[0] = owed[0][sent:]
                if not owed[0]:
                    del owed[0]
        if number in self.done and not owed:
            self._forget(conn)

    def _forget(self, conn: socket.socket) -> None:
        self.addresses.pop(conn)
        self.owed.pop(conn.fileno())
        self.done.discard(conn.fileno())
        conn.close()

    def close(self) -> None:
        for conn in list(self.addresses):
            self._forget(conn)
