"""Raises as soon as exactly `limit` bytes stand there without a newline: a tail as long as the limit is refused,
before anything more has come.

caught by: test_a_tail_without_a_newline_is_the_last_line
words: ValueError: line too long
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
            if end > self._limit or (not end and self._data and len(self._data) >= self._limit):
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
