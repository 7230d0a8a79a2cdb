"""Cuts with bytes.splitlines(), for which a lone carriage return ends a line too.

caught by: test_every_byte_of_a_line_is_kept
words: another byte than the newline ended a line, or a byte was lost
"""

import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._buffer = b""
        self._ended = False

    def readline(self) -> bytes:
        while True:
            if b"\n" in self._buffer or self._ended:
                line = b"".join(self._buffer.splitlines(keepends=True)[:1])
                if len(line) > self._limit:
                    raise ValueError("line too long")
                self._buffer = self._buffer[len(line) :]
                return line
            if len(self._buffer) > self._limit:
                raise ValueError("line too long")
            data = self._sock.recv(65536)
            if not data:
                self._ended = True
            self._buffer += data
