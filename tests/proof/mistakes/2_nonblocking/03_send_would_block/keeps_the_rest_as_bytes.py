"""Keeps the rest as a slice of the data: bytes, not a bytearray.

caught by: test_what_the_kernel_does_not_take_is_pending
words: your pending was not a bytearray
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        self.pending = self.pending + data
        return self.flush()

    def flush(self):
        while self.pending:
            try:
                taken = self.sock.send(self.pending)
            except BlockingIOError:
                return False
            self.pending = self.pending[taken:]
        return True
