"""Lets a generator keep the rest between two lines."""

import socket
from collections.abc import Iterator


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._lines = self._read(sock, limit)

    @staticmethod
    def _read(sock: socket.socket, limit: int) -> Iterator[bytes]:
        rest = b""
        while True:
            line, newline, behind = rest.partition(b"\n")
            if len(line + newline) > limit:
                raise ValueError("line too long")
            if newline:
                yield line + newline
                rest = behind
            elif piece := sock.recv(1024):
                rest += piece
            else:
                break
        if rest:
            yield rest

    def readline(self) -> bytes:
        return next(self._lines, b"")
