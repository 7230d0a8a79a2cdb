"""Takes one wake-up and leaves the others.

caught by: test_drain_takes_all_wake_ups
words: your waker was drained and still readable: from then on every wait ends at once
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
        try:
            self._reader.recv(1)
        except BlockingIOError:
            pass

    def close(self):
        self._reader.close()
        self._writer.close()
