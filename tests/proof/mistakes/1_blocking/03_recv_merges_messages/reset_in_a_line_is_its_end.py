"""A reset in the middle of a line gives the tail like an end; only a reset between two lines propagates.

caught by: test_a_reset_comes_after_the_lines_that_arrived_before_it
words: a reset cut off the line, and your reader returned it as the last one
breaks: 7
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
                raise ValueError("line too long")
            if end:
                line = bytes(self._data[:end])
                del self._data[:end]
                return line
            if self._ended:
                tail = bytes(self._data)
                self._data.clear()
                return tail
            try:
                chunk = self._sock.recv(4096)
            except ConnectionResetError:
                if not self._data:
                    raise
                chunk = b""  # what has come is not thrown away
            if not chunk:
                self._ended = True
            self._data += chunk
