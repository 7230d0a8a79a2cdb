"""Closes the socket when the connection has failed.

caught by: test_a_failed_connection_is_not_a_full_buffer
words: the connection failed, and your code closed the caller's socket
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
            except BlockingIOError:
                return False
            except OSError:
                self._sock.close()  # it is of no use any more
                raise
            del self.pending[:sent]
        return True
