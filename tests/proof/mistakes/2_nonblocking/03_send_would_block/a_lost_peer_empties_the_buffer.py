"""Drops what is pending when the peer has closed, and calls it done.

caught by: test_a_peer_that_leaves_shows_in_flush
words: the connection failed in flush(), and the caller never finds out
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
