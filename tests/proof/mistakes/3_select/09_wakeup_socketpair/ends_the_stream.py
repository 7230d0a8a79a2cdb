"""Wakes by ending the stream, and needs a new pair, with new descriptors, for the next time.

caught by: test_it_wakes_again_and_again
words: the waker was registered once, and a later wake-up was not seen
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
        self._writer.close()

    def drain(self):
        self.close()
        self.__init__()

    def close(self):
        self._reader.close()
        self._writer.close()
