"""Goes on reading at the high mark, and throws away what is too much.

caught by: test_at_the_high_mark_it_stops_reading
words: `high` was reached, and your code went on reading from a client that does not read
"""

import selectors


class EchoConnection:
    def __init__(self, sock, high, low):
        self.sock, self.high, self.low = sock, high, low
        self.output = b""
        self.paused = self.ended = False

    def on_ready(self, mask):
        try:
            if mask & selectors.EVENT_READ:
                data = self.sock.recv(65536)
                self.ended = not data
                self.output = (self.output + data)[: self.high]
            if mask & selectors.EVENT_WRITE:
                sent = self.sock.send(self.output)
                self.output = self.output[sent:]
        except BlockingIOError:
            pass
        if len(self.output) >= self.high:
            self.paused = True
        elif len(self.output) <= self.low:
            self.paused = False

    @property
    def events(self):
        events = 0
        if not self.ended:
            events |= selectors.EVENT_READ
        if self.output:
            events |= selectors.EVENT_WRITE
        return events
