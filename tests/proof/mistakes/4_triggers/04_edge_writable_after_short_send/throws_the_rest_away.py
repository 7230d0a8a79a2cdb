"""Ignores what send returns: the rest of a short send is lost.

caught by: test_what_does_not_fit_goes_out_edge_by_edge
words: your code lost bytes: the kernel did not take them
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
            if self.pending:
                self.sock.send(self.pending)
                self.pending = b""
        except BlockingIOError:
            pass
