"""Waits a little for room before it leaves the rest to the edge, and holds up everybody else meanwhile.

caught by: test_it_never_waits_and_leaves_the_mode_alone
words: your code waited for room: an edge tells when there is some
"""

import select


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        self.pending += data
        self.on_writable()

    def on_writable(self):
        while self.pending and select.select([], [self.sock], [], 0.005)[1]:
            try:
                self.pending = self.pending[self.sock.send(self.pending) :]
            except BlockingIOError:
                pass
