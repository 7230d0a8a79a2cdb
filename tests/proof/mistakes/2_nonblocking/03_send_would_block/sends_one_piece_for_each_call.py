"""Sends one piece of at most 4 KiB at each call, although there is room for more.

caught by: test_a_write_sends_what_is_pending_too
words: your write() left room in the buffers, and the next flush() found it
"""

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
