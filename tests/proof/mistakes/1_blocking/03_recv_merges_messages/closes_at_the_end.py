"""When the stream is over the reader closes the socket.

caught by: test_the_end_is_empty_bytes_as_often_as_asked
words: your reader closed the caller's socket
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

    _ended = False

    def readline(self) -> bytes:
        while True:
            end = self._buffer.find(b"\n", 0, self._limit) + 1
            if end:
                return self._take(end)
            if len(self._buffer) > self._limit:
                raise ValueError("line too long")
            if self._ended:
                return self._take(len(self._buffer))
            chunk = self._sock.recv(4096)
            if not chunk:
                self._ended = True
                self._sock.close()
            self._buffer += chunk
