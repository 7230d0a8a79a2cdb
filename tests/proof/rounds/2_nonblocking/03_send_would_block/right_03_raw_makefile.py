"""An unbuffered makefile("wb") for each flush, whose write() returns None when the kernel takes no more."""

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
        if not self.pending:
            return True
        with self._sock.makefile("wb", buffering=0) as raw:
            while self.pending:
                count = raw.write(self.pending)
                if count is None:
                    return False
                del self.pending[:count]
        return True
