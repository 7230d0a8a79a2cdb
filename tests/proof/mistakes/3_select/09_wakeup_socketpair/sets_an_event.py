"""Sets a threading.Event, which select cannot see.

caught by: test_a_wake_up_makes_it_readable
words: wake() was called, and select() saw nothing on the watched descriptor
"""

import socket
import threading


class Waker:
    def __init__(self):
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._event = threading.Event()

    def fileno(self):
        return self._reader.fileno()

    def wake(self):
        self._event.set()

    def drain(self):
        self._event.clear()

    def close(self):
        self._reader.close()
        self._writer.close()
