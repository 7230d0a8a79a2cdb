"""Returns False from flush() when there was nothing to send.

caught by: test_with_nothing_pending_a_flush_is_done
words: nothing was pending, and your flush() did not return True
breaks: 5
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return self.flush()

    def flush(self):
        done = False
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
            done = True
        return done
