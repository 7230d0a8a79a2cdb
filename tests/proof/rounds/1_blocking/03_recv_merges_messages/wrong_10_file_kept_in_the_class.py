"""Keeps the file from makefile() in a list of the class, which holds the connection open for ever.

caught by: test_lines_that_arrive_together_come_out_one_by_one
words: close() on the socket alone ends nothing: the file has to be closed, too
"""

import errno
import os
import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    _files: list = []  # closed when the program ends

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._file = sock.makefile("rb", buffering=0)
        self._files.append(self._file)
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
            data = self._file.read(65536)
            if data is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
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
