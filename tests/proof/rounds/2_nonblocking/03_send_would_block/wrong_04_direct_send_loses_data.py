"""If nothing is pending, sends directly and keeps only the rest: a send that raises loses all.

caught by: test_a_failed_connection_is_not_a_full_buffer
words: write() raised, and your code lost the data that was not sent
"""

import socket


class OutputBuffer:
    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        if not self.pending and data:
            count = 0
            try:
                count = self._sock.send(data)
            except BlockingIOError:
                pass
            data = data[count:]
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            try:
                count = self._sock.send(self.pending)
            except BlockingIOError:
                return False
            del self.pending[:count]
        return True
