"""Compares all that has arrived with the limit, instead of the line.

caught by: test_many_short_lines_at_once_are_not_a_long_one
words: your reader compared all that had arrived with the limit, or a later line: each of these was shorter
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
