"""Asks select() for room before each send, which reports it only when much of the buffer is free.

caught by: test_what_the_kernel_does_not_take_is_pending
words: the kernel would have taken more bytes, and your write() stopped early
"""

import select
import socket


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending.extend(data)
        return self.flush()

    def flush(self) -> bool:
        while self.pending and select.select([], [self.sock], [], 0)[1]:
            try:
                taken = self.sock.send(memoryview(self.pending)[:65536])
            except BlockingIOError:
                break
            del self.pending[:taken]
        return not self.pending
