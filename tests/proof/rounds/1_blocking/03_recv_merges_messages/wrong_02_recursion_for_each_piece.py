"""Calls itself after every piece, so a line in more than a thousand pieces ends in RecursionError.

caught by: test_a_large_limit_and_a_thousand_pieces_take_no_memory
words: your code raised RecursionError: maximum recursion depth exceeded while calling a Python o
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
        if True:
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
            return self.readline()

    def _take(self, size: int) -> bytes:
        if size > self._limit:
            raise ValueError("line too long")
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return line
