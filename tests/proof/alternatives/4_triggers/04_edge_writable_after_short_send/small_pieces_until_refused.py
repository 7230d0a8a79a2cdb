"""Sends pieces of a few kilobytes, as many as are taken."""

import socket


class EdgeWriter:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = b""
        self.at = 0

    def write(self, data: bytes) -> None:
        self.pending = self.pending[self.at :] + data
        self.at = 0
        self.on_writable()

    def on_writable(self) -> None:
        while self.at < len(self.pending):
            try:
                self.at += self.sock.send(self.pending[self.at : self.at + 8192])
            except BlockingIOError:
                break
