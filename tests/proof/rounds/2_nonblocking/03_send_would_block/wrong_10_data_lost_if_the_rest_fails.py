"""Flushes the rest first and appends the data after it, so the data is lost if that flush raises.

caught by: test_a_peer_that_leaves_shows_in_flush
words: write() raised, and your code lost the data that it was given
"""

import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.flush()
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            try:
                sent = self._sock.send(self.pending)
            except BlockingIOError:
                return False
            del self.pending[:sent]
        return True
