"""Uses sendall() and keeps everything when it fails: what was sent is sent again.

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
        try:
            self.sock.sendall(self.pending)
        except BlockingIOError:
            return False
        self.pending.clear()
        return True
