"""After a partial send, pending becomes a bytes object instead of a bytearray.

caught by: test_what_the_kernel_does_not_take_is_pending
words: Your pending was not a bytearray
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
            if count == len(self.pending):
                self.pending = bytearray()
            else:
                self.pending = memoryview(self.pending)[count:].tobytes()
        return True
