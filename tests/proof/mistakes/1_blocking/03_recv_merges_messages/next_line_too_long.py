"""Raises for the unfinished bytes of the next line while a good line stands before them, instead of returning
that line first.

caught by: test_many_short_lines_at_once_are_not_a_long_one
words: your reader compared all that had arrived with the limit, or a later line: each of these was shorter
breaks: 5
"""

import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._data = bytearray()
        self._ended = False

    def readline(self) -> bytes:
        while True:
            end = self._data.find(b"\n") + 1
            unfinished = len(self._data) - (self._data.rfind(b"\n") + 1)
            if end > self._limit or unfinished > self._limit:
                raise ValueError("line too long")
            if end:
                line = bytes(self._data[:end])
                del self._data[:end]
                return line
            if self._ended:
                tail = bytes(self._data)
                self._data.clear()
                return tail
            chunk = self._sock.recv(4096)
            if not chunk:
                self._ended = True
            self._data += chunk
