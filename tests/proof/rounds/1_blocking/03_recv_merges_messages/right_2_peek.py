"""Unusual: looks with MSG_PEEK and takes no byte behind the newline out of the kernel."""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._line = bytearray()
        self._ended = False

    def readline(self) -> bytes:
        while not self._ended:
            seen = self._sock.recv(16384, socket.MSG_PEEK)
            if not seen:
                self._ended = True
                break
            newline = seen.find(b"\n")
            self._line += self._sock.recv(newline + 1 if newline >= 0 else len(seen))
            if len(self._line) > self._limit:
                raise ValueError("line too long")
            if self._line.endswith(b"\n"):
                break
        line = bytes(self._line)
        self._line.clear()
        return line
