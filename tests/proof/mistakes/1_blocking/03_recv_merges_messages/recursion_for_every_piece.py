"""Calls itself once for every recv(): a line that comes in a thousand pieces is a RecursionError.

caught by: test_a_large_limit_and_a_thousand_pieces_take_no_memory
words: RecursionError
"""

import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._data = bytearray()
        self._ended = False

    def readline(self) -> bytes:
        end = self._data.find(b"\n") + 1
        if end > self._limit or (not end and len(self._data) > self._limit):
            raise ValueError("line too long")
        if end or self._ended:
            end = end or len(self._data)
            line = bytes(self._data[:end])
            del self._data[:end]
            return line
        chunk = self._sock.recv(4096)
        if not chunk:
            self._ended = True
        self._data += chunk
        return self.readline()
