"""Catches every error of the socket and calls it the end.

caught by: test_a_reset_comes_after_the_lines_that_arrived_before_it
words: a reset cut off the line, and your reader returned it as the last one
"""


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > self.limit:
                raise ValueError("line too long")
            try:
                piece = self.sock.recv(1024)
            except OSError:
                piece = b""
            if not piece:
                tail, self.buffer = self.buffer, b""
                return tail
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) + 1 > self.limit:
            raise ValueError("line too long")
        return line + b"\n"
