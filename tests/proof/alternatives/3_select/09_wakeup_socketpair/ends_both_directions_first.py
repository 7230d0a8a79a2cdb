"""Ends its own pair before it closes it: nobody else has a descriptor of it."""

import contextlib
import socket


class Waker:
    def __init__(self):
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def fileno(self):
        return self._reader.fileno()

    def wake(self):
        with contextlib.suppress(BlockingIOError):
            self._writer.send(b"\x00")

    def drain(self):
        with contextlib.suppress(BlockingIOError):
            while True:
                self._reader.recv(4096)

    def close(self):
        for end in (self._reader, self._writer):
            end.shutdown(socket.SHUT_RDWR)
        self._reader.close()
        self._writer.close()
