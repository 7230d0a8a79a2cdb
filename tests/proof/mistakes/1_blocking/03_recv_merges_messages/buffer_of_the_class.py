"""The buffer is an attribute of the class, so what one reader has over another reader, of another socket,
returns.

caught by: test_two_readers_do_not_mix_their_streams
words: a reader returned bytes of another stream
"""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    _buffer = bytearray()

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit

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
            self._buffer.extend(chunk)
