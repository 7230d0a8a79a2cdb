"""Reads from a duplicate that a list of the module keeps: the connection outlives the caller's close().

caught by: test_nothing_holds_the_socket_open_once_the_reader_is_gone
words: the socket was closed and the reader dropped, and something still held the connection open
"""

READERS = []


class LineReader:
    def __init__(self, sock, limit):
        self._sock = sock.dup()
        self._limit = limit
        self._kept = b""
        READERS.append(self._sock)

    def readline(self):
        while b"\n" not in self._kept:
            if len(self._kept) > self._limit:
                raise ValueError("line too long")
            piece = self._sock.recv(4096)
            if not piece:
                tail, self._kept = self._kept, b""
                return tail
            self._kept += piece
        line, newline, self._kept = self._kept.partition(b"\n")
        if len(line) >= self._limit:
            raise ValueError("line too long")
        return line + newline
