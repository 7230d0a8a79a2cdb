"""Receives byte by byte, so that nothing is ever left over; slow, and right."""

import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit

    def readline(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            byte = self._sock.recv(1)
            line += byte
            if len(line) > self._limit:
                raise ValueError("line too long")
            if not byte:
                break
        return line
