"""Lets write only collect: nothing goes until somebody flushes.

caught by: test_what_fits_goes_at_once
words: write() sends them at once, not at the next flush()
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return not self.pending

    def flush(self):
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
        return True
