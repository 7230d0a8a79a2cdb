"""Only queues in write, and waits for an edge that nothing has armed.

caught by: test_what_fits_goes_at_once
words: there was room, and your write() did not send: no edge will come to say so
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        self.pending += data

    def on_writable(self):
        try:
            while self.pending:
                self.pending = self.pending[self.sock.send(self.pending) :]
        except BlockingIOError:
            pass
