"""Sends in blocking mode with MSG_DONTWAIT, and puts the mode back unless an error propagates.

caught by: test_a_failed_connection_is_not_a_full_one
words: the connection failed, and your code left the caller's socket in another mode
"""

import contextlib
import socket


class EdgeWriter:
    def __init__(self, sock):
        self.sock = sock
        self.pending = b""

    def write(self, data):
        self.pending += data
        self.on_writable()

    def on_writable(self):
        self.sock.setblocking(True)
        with contextlib.suppress(BlockingIOError):
            while self.pending:
                self.pending = self.pending[self.sock.send(self.pending, socket.MSG_DONTWAIT) :]
        self.sock.setblocking(False)
