"""Collects the pieces of a line in the call, and leaves what came behind it there.

caught by: test_half_a_line_is_kept_until_the_other_half_comes
words: still blocked in sock.recv(1024)
"""


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock, limit

    def readline(self):
        data = b""
        while b"\n" not in data:
            piece = self.sock.recv(1024)
            if not piece:
                return data
            data += piece
            if len(data) > self.limit:
                raise ValueError("line too long")
        return data.partition(b"\n")[0] + b"\n"
