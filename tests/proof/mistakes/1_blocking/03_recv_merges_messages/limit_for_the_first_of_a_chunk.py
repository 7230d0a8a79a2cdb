"""Only the first line out of each recv() and the unfinished rest are measured: a line over the limit that comes
whole behind another in one recv() passes.

caught by: test_the_limit_is_the_longest_line_that_is_allowed
words: a line of nine bytes, newline included, came through a limit of eight
"""

import socket
from collections import deque


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._lines = deque()
        self._rest = b""

    def readline(self) -> bytes:
        if self._lines:
            return self._lines.popleft()
        while True:
            if len(self._rest) > self._limit:
                raise ValueError("line too long")
            chunk = self._sock.recv(4096)
            if not chunk:
                tail, self._rest = self._rest, b""
                return tail
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            if lines:
                if len(lines[0]) + 1 > self._limit:
                    raise ValueError("line too long")
                self._lines.extend(line + b"\n" for line in lines)
                return self._lines.popleft()
