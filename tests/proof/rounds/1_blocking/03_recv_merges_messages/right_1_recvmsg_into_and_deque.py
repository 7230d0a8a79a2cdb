"""Unusual: recvmsg_into() two fixed 2 KiB blocks, complete lines in a deque, the pieces of the current line in a list."""

import collections
import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._blocks = (bytearray(2048), bytearray(2048))
        self._lines: collections.deque[bytes] = collections.deque()
        self._pieces: list[bytes] = []
        self._size = 0
        self._ended = False

    def readline(self) -> bytes:
        while not self._lines:
            if self._size > self._limit:
                raise ValueError("line too long")
            if self._ended:
                tail = b"".join(self._pieces)
                self._pieces, self._size = [], 0
                return tail
            self._receive()
        if len(self._lines[0]) > self._limit:
            raise ValueError("line too long")
        return self._lines.popleft()

    def _receive(self) -> None:
        count = self._sock.recvmsg_into(self._blocks)[0]
        if not count:
            self._ended = True
        data = b"".join(self._blocks)[:count]
        *whole, rest = data.split(b"\n")
        for part in whole:
            self._pieces.append(part + b"\n")
            self._lines.append(b"".join(self._pieces))
            self._pieces, self._size = [], 0
        if rest:
            self._pieces.append(rest)
            self._size += len(rest)
