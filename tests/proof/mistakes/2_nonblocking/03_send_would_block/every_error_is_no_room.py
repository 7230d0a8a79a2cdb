"""Takes every error for a full buffer.

caught by: test_a_failed_connection_is_not_a_full_buffer
words: the connection failed in write(), and the caller never finds out
breaks: 7
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
                taken = self.sock.send(self.pending)
            except OSError:
                return False
            del self.pending[:taken]
        return True
