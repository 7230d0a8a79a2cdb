"""write() only appends while something is pending, although there may be room.

caught by: test_a_write_sends_what_is_pending_too
words: Bytes were pending and there was room, and your write() sent nothing
"""

import socket


class OutputBuffer:
    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        congested = bool(self.pending)
        self.pending += data
        if congested:
            return False
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            try:
                count = self._sock.send(self.pending)
            except BlockingIOError:
                return False
            del self.pending[:count]
        return True
