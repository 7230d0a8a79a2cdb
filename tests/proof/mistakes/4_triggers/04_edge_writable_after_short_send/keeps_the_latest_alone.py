"""Keeps only what the latest write() was given.

caught by: test_a_refused_write_is_kept
words: your code lost bytes: the kernel did not take them
"""

import socket


class EdgeWriter:
    def __init__(self, sock):
        self._sock = sock
        self._pending = bytearray()

    def write(self, data):
        self._pending = bytearray(data)
        self._send()

    def on_writable(self):
        self._send()

    def _send(self):
        while self._pending:
            try:
                taken = self._sock.send(self._pending)
            except BlockingIOError:
                return
            del self._pending[:taken]
