"""Has one output for all connections: it is made in the class body.

caught by: test_each_connection_has_its_own_output
words: output of one connection was pending on another
"""

import selectors


class EchoConnection:
    pending = bytearray()
    paused = ended = False

    def __init__(self, sock, high, low):
        self.sock, self.high, self.low = sock, high, low

    @property
    def output(self):
        return bytes(self.pending)

    def on_ready(self, mask):
        try:
            if mask & selectors.EVENT_READ:
                data = self.sock.recv(65536)
                self.ended = not data
                self.pending += data
            if mask & selectors.EVENT_WRITE:
                del self.pending[: self.sock.send(self.pending)]
        except BlockingIOError:
            pass
        if len(self.pending) >= self.high:
            self.paused = True
        elif len(self.pending) <= self.low:
            self.paused = False

    @property
    def events(self):
        reading = 0 if self.paused or self.ended else selectors.EVENT_READ
        return reading | (selectors.EVENT_WRITE if self.pending else 0)
