"""Returns the tail and leaves it in the buffer.

caught by: test_a_tail_without_a_newline_is_the_last_line
words: the tail was returned twice
breaks: 3
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
                tail = self.buffer
                return tail
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) + 1 > self.limit:
            raise ValueError("line too long")
        return line + b"\n"
