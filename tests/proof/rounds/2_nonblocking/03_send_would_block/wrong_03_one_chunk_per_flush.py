"""Sends at most one piece of 16 KiB at each flush, and returns False although the kernel would take more.

caught by: test_what_the_kernel_does_not_take_is_pending
words: The kernel would have taken more bytes, and your write() stopped early
"""

import socket

PIECE = 16 * 1024


class OutputBuffer:
    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        if self.pending:
            try:
                count = self._sock.send(self.pending[:PIECE])
            except BlockingIOError:
                return False
            del self.pending[:count]
        return not self.pending
