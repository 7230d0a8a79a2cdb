"""The reader works on text and counts characters, so a line with two-byte characters may have more bytes than
the limit.

caught by: test_the_limit_is_the_longest_line_that_is_allowed
words: a line of nine bytes, newline included, came through a limit of eight
"""

import socket
import sys


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._file = sock.makefile("r", encoding="utf-8", errors="surrogateescape", newline="\n")
        self._size = limit + 1 if limit < sys.maxsize else -1
        self._limit = limit

    def readline(self) -> bytes:
        line = self._file.readline(self._size)
        if len(line) > self._limit:
            raise ValueError("line too long")
        return line.encode("utf-8", "surrogateescape")
