"""Does nothing for a write(b""), although write() does what flush() does.

caught by: test_a_write_sends_what_is_pending_too
words: bytes were pending and there was room, and your write() sent nothing
"""

import socket


class OutputBuffer:
    """Keeps for a non-blocking stream socket what it cannot take yet."""

    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        if not data:  # nothing to do
            return not self.pending
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
