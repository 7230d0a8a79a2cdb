"""Takes a reset for the end if no unfinished line is there.

caught by: test_an_error_at_any_read_is_not_the_end
words: an error at one of the reads did not propagate
"""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._buffer = bytearray()
        self._searched = 0
        self._ended = False

    def readline(self) -> bytes:
        while True:
            at = self._buffer.find(b"\n", self._searched)
            if at >= 0:
                return self._take(at + 1)
            self._searched = len(self._buffer)
            if self._searched > self._limit:
                raise ValueError("line too long")
            if self._ended:
                return self._take(self._searched)
            try:
                data = self._sock.recv(65536)
            except ConnectionResetError:
                if self._buffer:
                    raise
                data = b""
            if not data:
                self._ended = True
            self._buffer += data

    def _take(self, size: int) -> bytes:
        if size > self._limit:
            raise ValueError("line too long")
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return line
