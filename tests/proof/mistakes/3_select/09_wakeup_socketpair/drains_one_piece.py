"""Takes a pipe to be empty after one read.

caught by: test_drain_takes_thousands_of_wake_ups
words: thousands of wake-ups were pending, and drain() left some: every wait ends at once
"""

import os


class Waker:
    def __init__(self):
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)

    def fileno(self):
        return self._reader

    def wake(self):
        try:
            os.write(self._writer, b"!")
        except BlockingIOError:
            pass

    def drain(self):
        try:
            os.read(self._reader, 4096)
        except BlockingIOError:
            pass

    def close(self):
        os.close(self._reader)
        os.close(self._writer)
