"""Empties the socket before it looks for lines, so an error behind them costs the lines of this call.

caught by: test_a_reset_comes_after_the_lines_that_arrived_before_it
words: your code raised ConnectionResetError ECONNRESET: Connection reset by peer
"""

import select
import socket


class LineReader:
    """Reads lines from a connected stream socket, which stays the caller's."""

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
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
            data = self._sock.recv(65536)
            if not data:
                self._ended = True
            self._buffer += data
            while data and len(self._buffer) < 1 << 20 and self._poll_now():
                data = self._sock.recv(65536)
                if not data:
                    self._ended = True
                self._buffer += data

    def _poll_now(self) -> bool:
        poll = select.poll()
        poll.register(self._sock, select.POLLIN)
        return bool(poll.poll(0))

    def _take(self, size: int) -> bytes:
        if size > self._limit:
            raise ValueError("line too long")
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        return line
