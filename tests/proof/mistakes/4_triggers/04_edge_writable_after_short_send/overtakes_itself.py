"""Tries to send new data first, though older data is still pending.

caught by: test_nothing_overtakes_what_is_pending
words: your code did not send what was written later behind what was pending
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        try:
            data = data[self.sock.send(data) :]
        except BlockingIOError:
            pass
        self.pending += data

    def on_writable(self):
        try:
            while self.pending:
                self.pending = self.pending[self.sock.send(self.pending) :]
        except BlockingIOError:
            pass
