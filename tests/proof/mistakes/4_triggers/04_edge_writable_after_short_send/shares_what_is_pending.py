"""Makes the buffer in the body of the class: all writers have the same one.

caught by: test_each_writer_has_its_own_bytes
words: a writer did not send to its own socket just what was written to it
"""


class EdgeWriter:
    pending = bytearray()

    def __init__(self, sock):
        self.sock = sock

    def write(self, data):
        self.pending += data
        self.on_writable()

    def on_writable(self):
        try:
            while self.pending:
                del self.pending[: self.sock.send(self.pending)]
        except BlockingIOError:
            pass
