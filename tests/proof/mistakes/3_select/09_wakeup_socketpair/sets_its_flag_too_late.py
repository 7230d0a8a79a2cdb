"""Sets the flag after it has written: if the loop drains in between, the flag stays for ever.

caught by: test_a_drain_during_wake_spoils_nothing
words: drain() was faster than the end of wake()
"""

import socket


class Waker:
    def __init__(self):
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._pending = False

    def fileno(self):
        return self._reader.fileno()

    def wake(self):
        if not self._pending:
            self._writer.send(b"!")
            self._pending = True

    def drain(self):
        try:
            while True:
                self._reader.recv(4096)
        except BlockingIOError:
            pass
        self._pending = False

    def close(self):
        self._reader.close()
        self._writer.close()
