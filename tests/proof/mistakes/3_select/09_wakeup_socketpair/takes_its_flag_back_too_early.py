"""Takes the flag back before it reads: a wake-up in between is read, and the flag stays for ever.

caught by: test_a_wake_up_during_drain_spoils_nothing
words: since then wake() woke nobody
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
            self._pending = True
            self._writer.send(b"!")

    def drain(self):
        self._pending = False
        try:
            while True:
                self._reader.recv(4096)
        except BlockingIOError:
            pass

    def close(self):
        self._reader.close()
        self._writer.close()
