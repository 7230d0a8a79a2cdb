"""Sends new data first and what was pending afterwards.

caught by: test_new_data_goes_behind_what_is_pending
words: second message comes behind the whole first one
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        try:
            data = data[self.sock.send(data) :]
        except BlockingIOError:
            pass
        self.pending += data
        return not self.pending

    def flush(self):
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
        return True
