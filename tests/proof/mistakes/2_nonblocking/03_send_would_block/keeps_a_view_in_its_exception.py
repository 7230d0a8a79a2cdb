"""Leaves a memoryview unreleased when send() raises: while the caller holds the error, the next write() fails.

caught by: test_a_peer_that_leaves_shows_in_flush
words: its frame held a memoryview of pending
breaks: 7
"""

import socket


class OutputBuffer:
    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            view = memoryview(self.pending)
            try:
                count = self._sock.send(view)
            except BlockingIOError:
                view.release()
                return False
            view.release()
            del self.pending[:count]
        return True
