"""Shortens the bytearray while a memoryview of it is alive.

caught by: test_what_fits_goes_at_once
words: BufferError
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return self.flush()

    def flush(self):
        view = memoryview(self.pending)
        try:
            taken = self.sock.send(view)
        except BlockingIOError:
            return False
        del self.pending[:taken]
        return not self.pending
