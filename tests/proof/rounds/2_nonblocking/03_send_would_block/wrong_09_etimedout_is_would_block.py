"""Takes a TimeoutError, which here is ETIMEDOUT of the connection, for a full buffer.

caught by: test_a_failed_connection_is_not_a_full_buffer
words: the connection failed in write(), and the caller never finds out
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
        while self.pending:
            try:
                sent = self._sock.send(self.pending)
            except (BlockingIOError, TimeoutError):
                return False
            del self.pending[:sent]
        return True
