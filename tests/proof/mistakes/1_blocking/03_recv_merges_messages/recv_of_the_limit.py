"""Calls recv(limit + 1), which sets aside that much memory: with a huge limit ("no limit") it is a MemoryError
or OverflowError, not a line.

caught by: test_a_large_limit_and_a_thousand_pieces_take_no_memory
words: your reader asked for memory as large as the limit
breaks: 6
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
            end = self._data.find(b"\n", 0, self._limit) + 1
            if end:
                line = bytes(self._data[:end])
                del self._data[:end]
                return line
            if len(self._data) > self._limit:
                raise ValueError("line too long")
            if self._ended:
                tail = bytes(self._data)
                self._data.clear()
                return tail
            chunk = self._sock.recv(self._limit + 1)
            if not chunk:
                self._ended = True
            self._data += chunk
