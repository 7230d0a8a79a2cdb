"""Looks with MSG_PEEK and takes from the kernel no byte beyond the line, so nothing is ever read ahead."""

import select
import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._ended = False

    def _receive(self, count: int, flags: int = 0) -> bytes:
        while True:
            try:
                return self._sock.recv(count, flags)
            except BlockingIOError:  # the caller's socket is non-blocking: sleep here
                poller = select.poll()
                poller.register(self._sock, select.POLLIN)
                poller.poll()

    def readline(self) -> bytes:
        line = bytearray()
        while not self._ended:
            seen = self._receive(min(self._limit + 1 - len(line), 65536), socket.MSG_PEEK)
            if not seen:
                self._ended = True
                break
            line += self._receive(seen.find(b"\n") + 1 or len(seen))
            if len(line) > self._limit:
                raise ValueError("line too long")
            if line.endswith(b"\n"):
                break
        return bytes(line)
