"""Deletes the piece that it offered, not the part that was taken.

caught by: test_the_rest_follows_when_the_peer_reads
words: the bytes did not arrive once each and in order
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return self.flush()

    def flush(self):
        while self.pending:
            try:
                self.sock.send(self.pending[:10_000])
            except BlockingIOError:
                return False
            del self.pending[:10_000]
        return True
