"""Gives the peer ten milliseconds to read.

caught by: test_it_never_waits_and_leaves_the_mode_alone
words: your code waited for room, and should have returned False at once
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
