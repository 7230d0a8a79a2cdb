"""Sends one piece of at most 4 KiB at each call, and leaves the rest to the next flush."""

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
        if not self.pending:
            return True
        try:
            taken = self.sock.send(bytes(self.pending[:4096]), socket.MSG_DONTWAIT)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK):
                raise
            taken = 0
        self.pending[:taken] = b""
        return len(self.pending) == 0
