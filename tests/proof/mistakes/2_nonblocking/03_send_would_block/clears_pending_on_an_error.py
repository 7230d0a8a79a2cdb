"""Drops what is pending when the connection fails, and lets the error propagate.

caught by: test_a_peer_that_leaves_shows_in_flush
words: flush() raised, and your code lost the data that was not sent
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        try:
            data = data[self.sock.send(data) :] if self.flush() else data
        except BlockingIOError:
            pass
        finally:
            self.pending += data
        return not self.pending

    def flush(self):
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
            except OSError:
                self.pending.clear()
                raise
        return True
