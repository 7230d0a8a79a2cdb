"""Closes the socket when a line is too long, before it raises ValueError.

caught by: test_the_limit_is_the_longest_line_that_is_allowed
words: a line was too long, and your reader closed the caller's socket
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
            if end > self._limit or (not end and len(self._data) > self._limit):
                self._sock.close()  # whoever sends such lines is not served
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
