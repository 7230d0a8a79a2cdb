"""Closes the caller's socket when an error propagates.

caught by: test_a_reset_comes_after_the_lines_that_arrived_before_it
words: an error propagated, and your reader had closed the caller's socket
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
            except OSError as error:
                if error.errno:  # a timeout of Python's has none
                    self.sock.close()
                raise
            if not piece:
                tail, self.buffer = self.buffer, b""
                return tail
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\n")
        if len(line) + 1 > self.limit:
            raise ValueError("line too long")
        return line + b"\n"
