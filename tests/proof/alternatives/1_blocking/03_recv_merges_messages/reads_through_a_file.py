"""Lets a buffered file over the socket find the newlines."""

import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._file = sock.makefile("rb")
        self._limit = limit

    def readline(self) -> bytes:
        # One byte over the limit is enough to know that the line is too long.
        line = self._file.readline(self._limit + 1)
        if len(line) > self._limit:
            raise ValueError("line too long")
        return line
