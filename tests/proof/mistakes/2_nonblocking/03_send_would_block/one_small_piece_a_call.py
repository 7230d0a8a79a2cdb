"""Sends at most 1,024 bytes a call, although the kernel would take more.

caught by: test_what_the_kernel_does_not_take_is_pending
words: the kernel would have taken more bytes, and your write() stopped early
"""

import socket


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending += data
        return self.flush()

    def flush(self) -> bool:
        try:
            n = self.sock.send(self.pending[:1024])
        except BlockingIOError:
            return False
        del self.pending[:n]
        return not self.pending
