"""Takes a reset for the end of the stream where no line was begun; in the middle of a line it propagates.

caught by: test_an_error_at_any_read_is_not_the_end
words: an error at one of the reads did not propagate
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
            except ConnectionResetError:
                if self.buffer:
                    raise
                piece = b""
            if not piece:
                tail, self.buffer = self.buffer, b""
                return tail
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) + 1 > self.limit:
            raise ValueError("line too long")
        return line + b"\n"
