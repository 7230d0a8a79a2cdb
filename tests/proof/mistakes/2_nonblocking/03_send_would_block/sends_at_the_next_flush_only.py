"""Lets write() only collect: nothing is sent until somebody calls flush().

caught by: test_what_fits_goes_at_once
words: there was room for five bytes, and your write() did not send them
"""


class OutputBuffer:
    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()

    def write(self, data):
        self.pending += data
        return not self.pending

    def flush(self):
        while self.pending:
            try:
                del self.pending[: self.sock.send(self.pending)]
            except BlockingIOError:
                return False
        return True
