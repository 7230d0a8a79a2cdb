"""Takes every error of accept() for the limit: the caller never finds out that the listener is broken.

caught by: test_any_other_error_propagates
words: accept() failed, and the caller never finds out
"""

import os


class Acceptor:
    def __init__(self, listener):
        self.listener = listener
        self.reserve = os.open(os.devnull, os.O_RDONLY)

    def accept(self):
        if self.reserve is None:
            self.take_reserve()
        try:
            return self.listener.accept()[0]
        except BlockingIOError:
            return None
        except OSError:
            pass
        self.close()
        try:
            self.listener.accept()[0].close()
        except OSError:
            pass
        finally:
            self.take_reserve()
        return None

    def take_reserve(self):
        try:
            self.reserve = os.open(os.devnull, os.O_RDONLY)
        except OSError:
            pass

    def close(self):
        if self.reserve is not None:
            os.close(self.reserve)
            self.reserve = None
