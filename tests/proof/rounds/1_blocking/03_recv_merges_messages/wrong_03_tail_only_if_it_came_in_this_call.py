"""Returns b"" at the end if the unfinished line had come together with an earlier line.

caught by: test_a_tail_without_a_newline_is_the_last_line
words: the stream ended in the middle of a line, and that tail was lost
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
        received = 0
        while True:
            at = self._buffer.find(b"\n", self._searched)
            if at >= 0:
                return self._take(at + 1)
            self._searched = len(self._buffer)
            if self._searched > self._limit:
                raise ValueError("line too long")
            if self._ended:
                if not received:  # nothing more had come: this is the end
                    return b""
                return self._take(self._searched)
            data = self._sock.recv(65536)
            if not data:
                self._ended = True
            received += len(data)
            self._buffer += data

    def _take(self, size: int) -> bytes:
        if size > self._limit:
            raise ValueError("line too long")
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return line
