"""Uses splitlines, for which a carriage return ends a line too.

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
                break
            self.buffer += piece
        if not self.buffer:
            return b""
        line = self.buffer.splitlines(keepends=True)[0]
        self.buffer = self.buffer[len(line) :]
        if len(line) > self.limit:
            raise ValueError("line too long")
        return line
