"""Sends one piece for each edge; a piece that fits arms no further edge.

caught by: test_what_does_not_fit_goes_out_edge_by_edge
words: bytes are stranded
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        self.pending += data
        self.on_writable()

    def on_writable(self):
        try:
            self.pending = self.pending[self.sock.send(self.pending[:4096]) :]
        except BlockingIOError:
            pass
