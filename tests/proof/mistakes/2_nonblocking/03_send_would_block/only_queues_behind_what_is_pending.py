"""Sends new data directly while nothing is pending; while something is, write only queues.

caught by: test_a_write_sends_what_is_pending_too
words: your write() sent nothing
"""

import socket


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = bytearray()

    def _send(self, data: bytes | bytearray) -> int:
        try:
            return self.sock.send(data)
        except BlockingIOError:
            return 0

    def write(self, data: bytes) -> bool:
        if self.pending:
            self.pending += data
        else:
            self.pending += data[self._send(data) :]
        return not self.pending

    def flush(self) -> bool:
        if self.pending:
            self.pending = self.pending[self._send(self.pending) :]
        return not self.pending
