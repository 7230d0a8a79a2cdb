"""Takes a newline in the first place, which find() reports as 0, for none.

caught by: test_every_byte_of_a_line_is_kept
words: another byte than the newline ended a line, or a byte was lost
"""


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit
        self.buffer = b""

    def readline(self):
        while (at := self.buffer.find(b"\n")) <= 0:
            if len(self.buffer) > self.limit:
                raise ValueError("line too long")
            piece = self.sock.recv(1024)
            if not piece:
                tail, self.buffer = self.buffer, b""
                return tail
            self.buffer += piece
        if at + 1 > self.limit:
            raise ValueError("line too long")
        line, self.buffer = self.buffer[: at + 1], self.buffer[at + 1 :]
        return line
