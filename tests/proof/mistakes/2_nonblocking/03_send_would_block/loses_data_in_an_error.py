"""Sends new data before it keeps it: an error loses all of it.

caught by: test_a_failed_connection_is_not_a_full_buffer
words: your code lost the data that was not sent
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        if self.flush():
            try:
                data = data[self.sock.send(data) :]
            except BlockingIOError:
                pass
        self.pending += data
        return not self.pending

    def flush(self):
        while self.pending:
            try:
                taken = self.sock.send(self.pending)
            except BlockingIOError:
                return False
            del self.pending[:taken]
        return True
