"""Sends new data before what is pending, so that new bytes overtake old ones.

caught by: test_new_data_goes_behind_what_is_pending
words: The second message did not arrive behind the whole first one
"""

import socket


class OutputBuffer:
    pending: bytearray

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.pending = bytearray()

    def write(self, data: bytes) -> bool:
        count = 0
        try:
            if data:
                count = self._sock.send(data)
        except BlockingIOError:
            pass
        except OSError:
            self.pending += data
            raise
        self.pending += data[count:]
        return self.flush()

    def flush(self) -> bool:
        while self.pending:
            try:
                count = self._sock.send(self.pending)
            except BlockingIOError:
                return False
            del self.pending[:count]
        return True
