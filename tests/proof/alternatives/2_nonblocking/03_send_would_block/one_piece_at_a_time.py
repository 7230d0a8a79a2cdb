"""Sends pieces of at most 4 KiB, one after the other, until there is no room or nothing left."""

import errno
import socket


class OutputBuffer:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        self.pending[len(self.pending) :] = data
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            try:
                taken = self.sock.send(bytes(self.pending[:4096]), socket.MSG_DONTWAIT)
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK):
                    raise
                return False
            self.pending[:taken] = b""
        return True
