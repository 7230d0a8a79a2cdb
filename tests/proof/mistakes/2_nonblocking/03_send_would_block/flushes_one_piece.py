"""Sends only one piece of at most 4 KiB in flush(), although write() sends all that there is room for.

caught by: test_the_rest_follows_when_the_peer_reads
words: your flush() left room in the buffers, and the next flush() found it
breaks: 2
"""

import socket


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending += data
        before = -1
        while self.pending and before != len(self.pending):
            before = len(self.pending)
            self.flush()
        return not self.pending

    def flush(self) -> bool:
        if self.pending:
            try:
                del self.pending[: self.sock.send(self.pending[:4096])]
            except BlockingIOError:
                return False
        return not self.pending
