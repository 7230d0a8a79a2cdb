"""Unusual: io.BufferedReader over a raw class of its own (makefile()'s would hide a BlockingIOError)."""

import io
import socket
import sys


class _Raw(io.RawIOBase):
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        return self._sock.recv_into(buffer)


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._reader = io.BufferedReader(_Raw(sock))
        self._limit = limit
        self._ended = False

    def readline(self) -> bytes:
        if self._ended:
            return b""
        line = self._reader.readline(min(self._limit + 1, sys.maxsize))
        if len(line) > self._limit:
            raise ValueError("line too long")
        if not line.endswith(b"\n"):
            self._ended = True
        return line
