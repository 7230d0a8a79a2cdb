"""Hands all pending writes to one sendmsg, and counts what it took."""

import socket


class EdgeWriter:
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._writes: list[bytes] = []

    def write(self, data: bytes) -> None:
        self._writes.append(data)
        self.on_writable()

    def on_writable(self) -> None:
        while self._writes:
            try:
                taken = self._sock.sendmsg(self._writes)
            except BlockingIOError:
                return
            while self._writes and taken >= len(self._writes[0]):
                taken -= len(self._writes.pop(0))
            if taken:
                self._writes[0] = self._writes[0][taken:]
