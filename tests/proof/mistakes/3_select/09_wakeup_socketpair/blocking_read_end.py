"""Leaves the end from which it reads blocking: drain sleeps when nothing is left.

caught by: test_drain_with_nothing_pending_returns_at_once
words: drain() waited, and the thread that called it has other things to do
"""

import socket


class Waker:
    def __init__(self):
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)

    def fileno(self):
        return self._reader.fileno()

    def wake(self):
        try:
            self._writer.send(b"!")
        except BlockingIOError:
            pass

    def drain(self):
        try:
            while True:
                self._reader.recv(4096)
        except BlockingIOError:
            pass

    def close(self):
        self._reader.close()
        self._writer.close()
