"""Returns whether it sent something, not whether nothing is left.

caught by: test_what_the_kernel_does_not_take_is_pending
words: the kernel took only a part, and your write() did not return False
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return self.flush()

    def flush(self):
        try:
            taken = self.sock.send(self.pending)
        except BlockingIOError:
            return False
        del self.pending[:taken]
        return taken > 0
