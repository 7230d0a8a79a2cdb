"""Lets the full buffer out as an error, though a wake-up is pending then.

caught by: test_thousands_of_wake_ups_neither_wait_nor_raise
words: wake() raised
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
        self._writer.send(b"!")

    def drain(self):
        try:
            while True:
                self._reader.recv(4096)
        except BlockingIOError:
            pass

    def close(self):
        self._reader.close()
        self._writer.close()
