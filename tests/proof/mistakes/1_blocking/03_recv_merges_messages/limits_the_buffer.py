"""Compares all that has arrived with the limit, instead of the line.

caught by: test_many_short_lines_at_once_are_not_a_long_one
words: line was over the limit, only all that had arrived together
"""


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit
        self.buffer = b""

    def readline(self):
        while True:
            if len(self.buffer) > self.limit:
                raise ValueError("line too long")
            if b"\n" in self.buffer:
                break
            piece = self.sock.recv(1024)
            if not piece:
                tail, self.buffer = self.buffer, b""
                return tail
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line + b"\n"
