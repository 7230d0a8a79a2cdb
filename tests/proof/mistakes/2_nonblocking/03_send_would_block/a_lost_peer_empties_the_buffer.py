"""Throws away what is pending when the peer has gone, and calls it done.

caught by: test_a_peer_that_leaves_shows_in_flush
words: read what is pending, and flush() does not say so
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
                taken = self.sock.send(self.pending)
            except BlockingIOError:
                return False
            except ConnectionError:
                self.pending.clear()
                break
            del self.pending[:taken]
        return True
