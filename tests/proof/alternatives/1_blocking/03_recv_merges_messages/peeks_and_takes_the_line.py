"""Leaves the bytes in the kernel until it knows how many of them are the line."""

import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit

    def readline(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            seen = self._sock.recv(min(self._limit + 1, 65536), socket.MSG_PEEK)
            size = seen.find(b"\n") + 1 or len(seen)
            if not size:
                break
            line += self._sock.recv(size)
            if len(line) > self._limit:
                raise ValueError("line too long")
        return line
