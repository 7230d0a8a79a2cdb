"""Sends at once in the first write, and takes it that edges come from then on.

caught by: test_small_writes_need_no_edge
words: bytes are stranded
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""
        self.started = False

    def write(self, data):
        self.pending += data
        if not self.started:
            self.started = True
            self.on_writable()

    def on_writable(self):
        try:
            while self.pending:
                self.pending = self.pending[self.sock.send(self.pending) :]
        except BlockingIOError:
            pass
