"""Takes the end of the stream for the end of the work: what is in the buffer is lost.

caught by: test_a_tail_without_a_newline_is_the_last_line
words: the stream ended in the middle of a line, and that tail was lost
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
                return b""
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) + 1 > self.limit:
            raise ValueError("line too long")
        return line + b"\n"
