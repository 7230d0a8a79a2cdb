"""Checks all lines of a piece when it arrives, so a long line costs the good lines before it.

caught by: test_many_short_lines_at_once_are_not_a_long_one
words: your reader compared all that had arrived with the limit, or a later line: each of these w
"""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._buffer = bytearray()
        self._searched = 0
        self._ended = False

    def readline(self) -> bytes:
        while True:
            at = self._buffer.find(b"\n", self._searched)
            if at >= 0:
                return self._take(at + 1)
            self._searched = len(self._buffer)
            if self._searched > self._limit:
                raise ValueError("line too long")
            if self._ended:
                return self._take(self._searched)
            data = self._sock.recv(65536)
            if not data:
                self._ended = True
            self._buffer += data
            if any(len(line) > self._limit for line in self._buffer.split(b"\n")):
                raise ValueError("line too long")

    def _take(self, size: int) -> bytes:
        if size > self._limit:
            raise ValueError("line too long")
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return line
