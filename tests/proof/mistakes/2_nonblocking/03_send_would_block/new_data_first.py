"""Sends new data first and what was pending afterwards.

caught by: test_new_data_goes_behind_what_is_pending
words: the second message did not arrive behind the whole first one
breaks: 4
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        taken = 0
        try:
            taken = self.sock.send(data)
        except BlockingIOError:
            pass
        finally:
            self.pending += data[taken:]
        return self.flush()

    def flush(self):
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
        return True
