"""Keeps only what is left of the last write.

caught by: test_without_any_room_everything_is_kept
words: your pending did not hold both writes in their order
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.flush()
        self.pending = bytearray(data)
        return self.flush()

    def flush(self):
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
        return True
