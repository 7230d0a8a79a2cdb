"""Remembers how far it has searched for a newline, and does not forget it with the line: after a line that came
in pieces, a short one is returned joined to the one after it.

caught by: test_half_a_line_is_kept_until_the_other_half_comes
words: still blocked in sock.recv(4096)
"""

import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._data = bytearray()
        self._ended = False
        self._searched = 0

    def readline(self) -> bytes:
        while True:
            end = self._data.find(b"\n", self._searched) + 1
            if end > self._limit or (not end and len(self._data) > self._limit):
                raise ValueError("line too long")
            if end:
                line = bytes(self._data[:end])
                del self._data[:end]
                return line
            if self._ended:
                tail = bytes(self._data)
                self._data.clear()
                return tail
            self._searched = len(self._data)
            chunk = self._sock.recv(4096)
            if not chunk:
                self._ended = True
            self._data += chunk
