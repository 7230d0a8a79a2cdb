"""Returns the first line and forgets the rest of the piece.

caught by: test_lines_that_arrive_together_come_out_one_by_one
words: the second line came together with the first, and was lost
"""


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > self.limit:
                raise ValueError("line too long")
            piece = self.sock.recv(1024)
            if not piece:
                tail, self.buffer = self.buffer, b""
                return tail
            self.buffer += piece
        line, self.buffer = self.buffer.split(b"\n")[0], b""
        if len(line) + 1 > self.limit:
            raise ValueError("line too long")
        return line + b"\n"
