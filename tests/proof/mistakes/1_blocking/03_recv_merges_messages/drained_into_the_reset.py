"""After each recv() the reader drains what else is there, and a reset met there takes away the complete lines
before it.

caught by: test_a_reset_comes_after_the_lines_that_arrived_before_it
words: your code raised ConnectionResetError ECONNRESET: Connection reset by
"""

import select
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

    def _something_is_there(self) -> bool:
        poller = select.poll()
        poller.register(self._sock, select.POLLIN)
        return bool(poller.poll(0))

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
            while chunk and self._something_is_there():
                chunk = self._sock.recv(4096)
                self._buffer += chunk
