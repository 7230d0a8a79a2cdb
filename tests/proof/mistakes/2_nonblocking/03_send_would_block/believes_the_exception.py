"""Expects the exception of sendall to tell how much had gone.

caught by: test_what_the_kernel_does_not_take_is_pending
words: AttributeError: characters_written
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
        except BlockingIOError as error:
            del self.pending[: error.characters_written]
            return False
        self.pending.clear()
        return True
