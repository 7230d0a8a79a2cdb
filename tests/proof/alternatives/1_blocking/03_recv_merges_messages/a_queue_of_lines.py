"""Splits every piece at once and keeps the complete lines in a queue; waits in select."""

import select
import socket
from collections import deque


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._lines: deque[bytes] = deque()
        self._open = b""

    def readline(self) -> bytes:
        while not self._lines:
            if len(self._open) > self._limit:
                raise ValueError("line too long")
            select.select([self._sock], [], [])
            piece = self._sock.recv(4096)
            if not piece:
                tail, self._open = self._open, b""
                return tail
            *lines, self._open = (self._open + piece).split(b"\n")
            self._lines.extend(line + b"\n" for line in lines)
        line = self._lines.popleft()
        if len(line) > self._limit:
            raise ValueError("line too long")
        return line
