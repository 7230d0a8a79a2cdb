"""Takes it that send takes everything.

caught by: test_when_the_client_reads_again_every_byte_comes_back
words: not every byte came back, in order, through all the pauses
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
                self.sock.send(self.output)
                self.output = b""
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
