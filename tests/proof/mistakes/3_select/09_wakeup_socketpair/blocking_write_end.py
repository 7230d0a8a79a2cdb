"""Leaves the end into which it writes blocking: a full buffer puts whoever wakes to sleep.

caught by: test_thousands_of_wake_ups_neither_wait_nor_raise
words: wake() waited, and the thread that called it has other things to do
"""

import socket


class Waker:
    def __init__(self):
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)

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
