"""Does not expect that send() may refuse.

caught by: test_a_flush_without_room_changes_nothing
words: BlockingIOError EAGAIN
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        try:
            return self.flush()
        except BlockingIOError:
            return False

    def flush(self):
        while self.pending:
            del self.pending[: self.sock.send(self.pending)]
        return True
