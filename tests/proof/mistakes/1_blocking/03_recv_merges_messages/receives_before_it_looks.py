"""Receives first at every call, although the line is there already.

caught by: test_a_line_that_has_arrived_needs_no_further_bytes
words: still blocked in sock.recv(1024)
"""


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit
        self.buffer = b""

    def readline(self):
        while True:
            piece = self.sock.recv(1024)
            self.buffer += piece
            line, newline, rest = self.buffer.partition(b"\n")
            if newline or not piece:
                break
            if len(self.buffer) > self.limit:
                raise ValueError("line too long")
        if len(line + newline) > self.limit:
            raise ValueError("line too long")
        self.buffer = rest
        return line + newline
