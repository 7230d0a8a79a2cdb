"""Keeps the rest after a part was taken, but drops data that found no room at all.

caught by: test_without_any_room_everything_is_kept
words: your pending did not hold both writes in their order
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        if self.pending:
            self.pending += data
            return self.flush()
        try:
            taken = self.sock.send(data)
        except BlockingIOError:
            return False
        self.pending += data[taken:]
        return not self.pending

    def flush(self):
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
        return True
