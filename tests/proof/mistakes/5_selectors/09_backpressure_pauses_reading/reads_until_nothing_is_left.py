"""Reads until EAGAIN, and looks at the mark only afterwards.

caught by: test_the_pressure_reaches_the_sender
words: your code let more than high + 64 KiB be pending: the client does not read, and memory fills up
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
                while data := self.sock.recv(65536):
                    self.output += data
                self.ended = True
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
        if not self.paused and not self.ended:
            events |= selectors.EVENT_READ
        if self.output:
            events |= selectors.EVENT_WRITE
        return events
