"""Lets drain raise when there was no wake-up.

caught by: test_drain_with_nothing_pending_returns_at_once
words: drain() raised
"""

import socket


class Waker:
    def __init__(self):
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def fileno(self):
        return self._reader.fileno()

    def wake(self):
        try:
            self._writer.send(b"!")
        except BlockingIOError:
            pass

    def drain(self):
        self._reader.recv(65536)

    def close(self):
        self._reader.close()
        self._writer.close()
