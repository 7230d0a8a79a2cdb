"""Deletes the piece that it offered, not the part that was taken.

caught by: test_what_the_kernel_does_not_take_is_pending
words: your pending was not exactly the part that the kernel did not take
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return self.flush()

    def flush(self):
        while self.pending:
            try:
                self.sock.send(self.pending[:10_000])
            except BlockingIOError:
                return False
            del self.pending[:10_000]
        return True
