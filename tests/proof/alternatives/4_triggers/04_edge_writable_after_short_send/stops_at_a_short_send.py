"""Sends all that is pending in one call; a short count arms the edge as well as a refusal does."""

import contextlib
import socket


class EdgeWriter:
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._pending = b""

    def write(self, data: bytes) -> None:
        rest, self._pending = self._pending, self._pending + data
        # Something pending means that the last send was short or refused: the edge is on its way.
        if not rest:
            self.on_writable()

    def on_writable(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._pending = self._pending[self._sock.send(self._pending, socket.MSG_DONTWAIT) :]
