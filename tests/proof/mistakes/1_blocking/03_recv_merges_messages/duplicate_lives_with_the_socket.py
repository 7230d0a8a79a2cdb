"""Reads from a duplicate that is closed at an error, or when the caller's socket object is collected.

caught by: test_nothing_holds_the_socket_open_once_the_reader_is_gone
words: something still held the connection open
breaks: 9
"""

import weakref


class LineReader:
    def __init__(self, sock, limit):
        self.sock, self.limit = sock.dup(), limit
        weakref.finalize(sock, self.sock.close)
        self.buffer = b""

    def readline(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > self.limit:
                raise ValueError("line too long")
            try:
                piece = self.sock.recv(1024)
            except OSError:
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
