"""Takes lines with splitlines(), which ends a line at a carriage return (byte 13) too.

caught by: test_every_byte_of_a_line_is_kept
words: another byte than the newline ended a line, or a byte was lost
breaks: 1
"""

import socket


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit
        self._data = b""
        self._ended = False

    def readline(self) -> bytes:
        while True:
            lines = self._data.splitlines(keepends=True)
            # a line is whole if another one follows it, or if a newline ends it
            if lines and (len(lines) > 1 or lines[0].endswith(b"\n")):
                line = lines[0]
                if len(line) > self._limit:
                    raise ValueError("line too long")
                self._data = self._data[len(line) :]
                return line
            if len(self._data) > self._limit:
                raise ValueError("line too long")
            if self._ended:
                tail, self._data = self._data, b""
                return tail
            chunk = self._sock.recv(4096)
            if not chunk:
                self._ended = True
            self._data += chunk
