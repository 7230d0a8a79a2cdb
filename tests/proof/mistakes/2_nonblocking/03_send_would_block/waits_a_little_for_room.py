"""Gives the peer ten milliseconds to read.

caught by: test_it_never_waits_and_leaves_the_mode_alone
words: waited for room: that is the caller's business, who has other sockets too
"""

import select


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return self.flush()

    def flush(self):
        while self.pending:
            if not select.select([], [self.sock], [], 0.01)[1]:
                return False
            del self.pending[: self.sock.send(self.pending)]
        return True
