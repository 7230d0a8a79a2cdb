"""If recv() returns as many bytes as it was asked for, the reader fetches more before it looks for the newline,
and sleeps if nothing follows.

caught by: test_a_line_that_has_arrived_needs_no_further_bytes
words: still blocked in sock.recv(4096)
breaks: 2
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
            if len(self._buffer) > self._limit:
                raise ValueError("line too long")
            chunk = self._sock.recv(4096)
            if not chunk:
                return self._take(len(self._buffer))
            self._buffer += chunk
            while len(chunk) == 4096:  # there is more
                chunk = self._sock.recv(4096)
                self._buffer += chunk
