"""Takes a TimeoutError for "no room yet", and so the kernel's ETIMEDOUT too.

caught by: test_a_connection_that_fails_later_shows_in_on_writable
words: the connection failed while bytes were pending, and the caller never finds out
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        self.pending += data
        self.on_writable()

    def on_writable(self):
        try:
            while self.pending:
                self.pending = self.pending[self.sock.send(self.pending) :]
        except (BlockingIOError, TimeoutError):
            pass
