"""Strips the line, and an empty line then looks like the end.

caught by: test_every_byte_of_a_line_is_kept
words: another byte than the newline ended a line, or a byte was lost
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
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) + 1 > self.limit:
            raise ValueError("line too long")
        return line.strip()
