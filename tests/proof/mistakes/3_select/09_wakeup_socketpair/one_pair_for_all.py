"""Opens one pair for the whole class: every loop wakes up with every other.

caught by: test_two_wakers_wake_two_loops
words: two wakers had the same descriptor
"""

import socket


class Waker:
    _reader, _writer = socket.socketpair()

    def __init__(self):
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
            while True:
                self._reader.recv(4096)
        except BlockingIOError:
            pass

    def close(self):
        self._reader.close()
        self._writer.close()
