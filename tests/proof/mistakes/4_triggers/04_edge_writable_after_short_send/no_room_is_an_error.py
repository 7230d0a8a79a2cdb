"""Catches BlockingIOError in write alone; an edge without room is an error.

caught by: test_an_edge_without_room_changes_nothing
words: BlockingIOError EAGAIN
"""


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        self.pending += data
        try:
            self.on_writable()
        except BlockingIOError:
            pass

    def on_writable(self):
        if self.pending:
            self.pending = self.pending[self.sock.send(self.pending) :]
