"""Reads no more than there is room for below the high mark; keeps state in plain attributes."""

import selectors
import socket


class EchoConnection:
    def __init__(self, sock: socket.socket, high: int, low: int) -> None:
        self.sock, self.high, self.low = sock, high, low
        self.output = b""
        self.over = False
        self.events = selectors.EVENT_READ

    def on_ready(self, mask: int) -> None:
        if mask & selectors.EVENT_WRITE and self.output:
            try:
                self.output = self.output[self.sock.send(self.output, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                mask = mask & ~selectors.EVENT_WRITE
        reading = self.events & selectors.EVENT_READ
        if reading and mask & selectors.EVENT_READ:
            reading = self._read()
        if not self.over and len(self.output) <= self.low:
            reading = selectors.EVENT_READ
        self.events = reading | (selectors.EVENT_WRITE if self.output else 0)

    def _read(self) -> int:
        try:
            data = self.sock.recv(min(65536, self.high - len(self.output)), socket.MSG_DONTWAIT)
        except BlockingIOError:
            return selectors.EVENT_READ
        self.over = not data
        self.output += data
        return 0 if self.over or len(self.output) >= self.high else selectors.EVENT_READ
