"""Makes the socket blocking, so that sendall can send everything.

caught by: test_a_new_connection_waits_for_input
words: your code made the socket blocking: a client that does not read stops the whole loop
"""

import selectors


class EchoConnection:
    def __init__(self, sock, high, low):
        self.sock, self.high, self.low = sock, high, low
        self.output = b""
        sock.setblocking(True)
        self.paused = self.ended = False

    def on_ready(self, mask):
        try:
            if mask & selectors.EVENT_READ:
                data = self.sock.recv(65536)
                self.ended = not data
                self.output += data
            if mask & selectors.EVENT_WRITE:
                sent = len(self.output)
                self.sock.sendall(self.output)
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
