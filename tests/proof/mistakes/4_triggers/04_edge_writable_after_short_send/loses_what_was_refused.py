"""Keeps the rest of a short send, and loses what was refused altogether.

caught by: test_a_refused_write_is_kept
words: your code lost bytes: the kernel did not take them
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        if self.pending:
            self.pending += data
            return
        try:
            self.pending = data[self.sock.send(data) :]
        except BlockingIOError:
            pass

    def on_writable(self):
        try:
            while self.pending:
                self.pending = self.pending[self.sock.send(self.pending) :]
        except BlockingIOError:
            pass
