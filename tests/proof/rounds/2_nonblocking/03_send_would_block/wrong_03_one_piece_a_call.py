"""Sends one piece of 64 KiB in each call, even if the kernel takes more.

caught by: test_what_the_kernel_does_not_take_is_pending
words: the kernel would have taken more bytes, and your write() stopped early
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
        if self.pending:
            try:
                sent = self._sock.send(self.pending[:65536])
            except BlockingIOError:
                return False
            del self.pending[:sent]
        return not self.pending
