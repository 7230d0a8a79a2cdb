"""Sends new data only while nothing is pending; while something is, write() only queues.

caught by: test_a_write_sends_what_is_pending_too
words: your write() sent nothing
breaks: 1
"""

import socket


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        waiting = bool(self.pending)
        self.pending += data
        return not waiting and self.flush()

    def flush(self) -> bool:
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
        return True
