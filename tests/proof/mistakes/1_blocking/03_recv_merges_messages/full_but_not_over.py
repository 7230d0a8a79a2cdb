"""The error comes as soon as limit bytes without a newline are there, so an unended last line of exactly limit
bytes is refused.

caught by: test_a_tail_without_a_newline_is_the_last_line
words: ValueError
"""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._buffer = bytearray()

    def _take(self, n: int) -> bytes:
        line = bytes(self._buffer[:n])
        del self._buffer[:n]
        return line

    def readline(self) -> bytes:
        while True:
            end = self._buffer.find(b"\n", 0, self._limit) + 1
            if end:
                return self._take(end)
            if self._buffer and len(self._buffer) >= self._limit:
                raise ValueError("line too long")
            chunk = self._sock.recv(4096)
            if not chunk:
                return self._take(len(self._buffer))
            self._buffer += chunk
