"""Tries again and again until everything is taken.

caught by: test_what_the_kernel_does_not_take_is_pending
words: a busy loop
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
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                continue
        return True
