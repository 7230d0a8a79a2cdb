"""If the socket's timeout expires in the middle of a line, the half line is returned as if the stream had ended.

caught by: test_a_timeout_is_not_the_end_and_stays
words: a timeout cut off the line, and your reader returned a part of it
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
            try:
                chunk = self._sock.recv(4096)
            except TimeoutError:
                if not self._buffer:
                    raise
                chunk = b""
            if not chunk:
                return self._take(len(self._buffer))
            self._buffer += chunk
