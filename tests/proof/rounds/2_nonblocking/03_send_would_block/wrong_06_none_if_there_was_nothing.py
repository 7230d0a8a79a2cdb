"""Returns None from a flush() that finds nothing pending.

caught by: test_with_nothing_pending_a_flush_is_done
words: nothing was pending, and your flush() did not return True
"""

import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        if self.pending:
            while self.pending:
                try:
                    sent = self._sock.send(self.pending)
                except BlockingIOError:
                    break
                del self.pending[:sent]
            return not self.pending
