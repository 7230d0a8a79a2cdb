"""Closes the socket when the peer has ended its direction, although the caller may still want to answer.

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
            data = self._sock.recv(65536)
            if not data:
                self._ended = True
                self._sock.close()  # nothing more can come
            self._buffer += data

    def _take(self, size: int) -> bytes:
        if size > self._limit:
            raise ValueError("line too long")
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return line
