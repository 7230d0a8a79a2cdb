"""Os.readv() on the raw descriptor into two buffers, asked for anew each time; poll() where the descriptor is
non-blocking.
"""

import os
import select
import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._data = bytearray()
        self._searched = 0
        self._ended = False

    def _more(self) -> bytes:
        first, second = bytearray(100), bytearray(5000)
        while True:
            try:
                count = os.readv(self._sock.fileno(), [first, second])
            except BlockingIOError:
                poller = select.poll()
                poller.register(self._sock, select.POLLIN)
                poller.poll()
            else:
                return bytes((first + second)[:count])

    def readline(self) -> bytes:
        while True:
            end = self._data.find(b"\n", self._searched) + 1
            if (end or len(self._data)) > self._limit:
                raise ValueError("line too long")
            if end or self._ended:
                end = end or len(self._data)
                line = bytes(self._data[:end])
                del self._data[:end]
                self._searched = 0
                return line
            self._searched = len(self._data)
            chunk = self._more()
            self._ended = not chunk
            self._data += chunk
