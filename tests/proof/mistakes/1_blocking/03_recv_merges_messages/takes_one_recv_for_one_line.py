"""Takes what one recv returns for one line, as the document does.

caught by: test_lines_that_arrive_together_come_out_one_by_one
words: three lines came together, and the first call did not return the first alone
"""


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit
        self.buffer = b""

    def readline(self):
        line = self.sock.recv(1024)
        if len(line) > self.limit:
            raise ValueError("line too long")
        return line
