"""The buffer belongs to the class and is changed in place: a second reader gets the bytes that the first one has
read ahead.

caught by: test_two_readers_do_not_mix_their_streams
words: a reader returned bytes of another stream
"""

import socket


class LineReader:
    _data = bytearray()
    _ended = False

    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._sock = sock
        self._limit = limit

    def readline(self) -> bytes:
        while True:
            end = self._data.find(b"\n") + 1
            if end > self._limit or (not end and len(self._data) > self._limit):
                raise ValueError("line too long")
            if end:
                line = bytes(self._data[:end])
                del self._data[:end]
                return line
            if self._ended:
                tail = bytes(self._data)
                self._data.clear()
                return tail
            chunk = self._sock.recv(4096)
            if not chunk:
                self._ended = True
            self._data += chunk
