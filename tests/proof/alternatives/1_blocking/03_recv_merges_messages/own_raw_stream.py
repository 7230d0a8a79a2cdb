"""Right: io.BufferedReader over a raw stream of our own, which asks recv_into()."""

import io
import select
import socket
import sys


def _wait(sock: socket.socket) -> None:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    poller.poll()


class _Raw(io.RawIOBase):
    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def readable(self) -> bool:
        return True

    def readinto(self, target) -> int:
        while True:
            try:
                return self._sock.recv_into(target)
            except BlockingIOError:
                _wait(self._sock)


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._stream = io.BufferedReader(_Raw(sock))
        self._limit = limit

    def readline(self) -> bytes:
        line = self._stream.readline(self._limit + 1 if self._limit < sys.maxsize else -1)
        if len(line) > self._limit:
            raise ValueError(f"a line of more than {self._limit} bytes")
        return line
