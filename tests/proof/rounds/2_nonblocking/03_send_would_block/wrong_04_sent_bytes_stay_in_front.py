"""Counts the sent bytes and removes them only when half is sent, so pending holds sent bytes too.

caught by: test_a_peer_that_leaves_shows_in_flush
words: flush() raised, and your code lost the data that was not sent
"""

import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()
        self._sent = 0  # of what stands in pending

    def write(self, data: bytes) -> bool:
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            try:
                with memoryview(self.pending) as view, view[self._sent :] as rest:
                    sent = self._sock.send(rest)
            except BlockingIOError:
                return False
            self._sent += sent
            if self._sent * 2 >= len(self.pending):  # moving the rest costs time
                del self.pending[: self._sent]
                self._sent = 0
        return True
