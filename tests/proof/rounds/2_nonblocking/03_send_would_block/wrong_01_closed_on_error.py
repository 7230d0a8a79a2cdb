"""Closes the socket itself when a send fails for good, before the error propagates.

caught by: test_a_failed_connection_is_not_a_full_buffer
words: The connection failed, and your code closed the caller's socket
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
            except BlockingIOError:
                return False
            except OSError:
                self._sock.close()
                raise
            del self.pending[:count]
        return True
