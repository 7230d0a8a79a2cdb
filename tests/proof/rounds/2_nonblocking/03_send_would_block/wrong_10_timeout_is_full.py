"""Takes ETIMEDOUT for a full buffer: it catches TimeoutError with BlockingIOError.

caught by: test_a_failed_connection_is_not_a_full_buffer
words: The connection failed in write(), and the caller never finds out
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
            try:
                count = self._sock.send(self.pending)
            except (BlockingIOError, TimeoutError):
                return False
            del self.pending[:count]
        return True
