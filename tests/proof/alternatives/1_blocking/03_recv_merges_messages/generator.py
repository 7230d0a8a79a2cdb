"""A generator is the reader; recvmsg_into() fills one buffer again and again, and a deque holds the pieces of
the line.
"""

import collections
import select
import socket
from collections.abc import Iterator


def _lines(sock: socket.socket, limit: int) -> Iterator[bytes]:
    buffer = bytearray(2000)
    window = memoryview(buffer)
    pieces: collections.deque[bytes] = collections.deque()
    length = 0
    while True:
        try:
            count = sock.recvmsg_into([window])[0]
        except BlockingIOError:  # the caller's socket is non-blocking: sleep here
            poller = select.poll()
            poller.register(sock, select.POLLIN)
            poller.poll()
            continue
        if not count:
            if pieces:
                yield b"".join(pieces)
            return
        start = 0
        while start < count:
            end = buffer.find(b"\n", start, count) + 1
            pieces.append(bytes(window[start : end or count]))
            length += len(pieces[-1])
            start = end or count
            if length > limit:
                raise ValueError("line too long")
            if end:
                yield b"".join(pieces)
                pieces.clear()
                length = 0


class LineReader:
    def __init__(self, sock: socket.socket, limit: int) -> None:
        self._lines = _lines(sock, limit)

    def readline(self) -> bytes:
        return next(self._lines, b"")
