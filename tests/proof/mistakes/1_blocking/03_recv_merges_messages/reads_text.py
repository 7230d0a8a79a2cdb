"""Reads through a text layer, which decodes: bytes that are no text end the reader.

caught by: test_every_byte_of_a_line_is_kept
words: UnicodeDecodeError
"""


class LineReader:
    def __init__(self, sock, limit):
        self.file, self.limit = sock.makefile("r", newline="\n", encoding="utf-8"), limit

    def readline(self):
        line = self.file.readline(self.limit + 1).encode()
        if len(line) > self.limit:
            raise ValueError("line too long")
        return line
