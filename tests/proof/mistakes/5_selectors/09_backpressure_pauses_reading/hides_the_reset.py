"""Catches every OSError.

caught by: test_a_reset_propagates
words: the connection was reset, and the caller never finds out
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
                self.output += data
            if mask & selectors.EVENT_WRITE:
                sent = self.sock.send(self.output)
                self.output = self.output[sent:]
        except OSError:
            pass
        if len(self.output) >= self.high:
            self.paused = True
        elif len(self.output) <= self.low:
            self.paused = False

    @property
    def events(self):
        events = 0
        if not self.paused and not self.ended:
            events |= selectors.EVENT_READ
        if self.output:
            events |= selectors.EVENT_WRITE
        return events
