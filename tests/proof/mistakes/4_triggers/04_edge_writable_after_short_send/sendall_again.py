"""Uses sendall, and sends everything again when it was refused half-way.

caught by: test_what_does_not_fit_goes_out_edge_by_edge
words: your code did not send every byte once and in order
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = []

    def write(self, data):
        self.pending.append(data)
        self.on_writable()

    def on_writable(self):
        try:
            while self.pending:
                self.sock.sendall(self.pending[0])
                self.pending.pop(0)
        except BlockingIOError:
            pass
