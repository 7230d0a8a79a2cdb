"""flush() returns False when there was nothing to send in the first place, although nothing is pending.

caught by: test_with_nothing_pending_a_flush_is_done
words: Nothing was pending, and your flush() did not return True
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
        emptied = False
        while self.pending:
            try:
                count = self._sock.send(self.pending)
            except BlockingIOError:
                break
            del self.pending[:count]
            emptied = not self.pending
        return emptied
