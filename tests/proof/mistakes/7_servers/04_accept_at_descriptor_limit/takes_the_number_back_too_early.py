"""Takes the reserve back while the connection is still open: there is no number for it.

caught by: test_then_the_reserve_is_back
words: the reserve in its place again
"""

import errno
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
        except OSError as error:
            if error.errno != errno.EMFILE:
                raise
        self.close()
        try:
            conn, _ = self.listener.accept()
            self.take_reserve()
            conn.close()
        except BlockingIOError:
            pass
        except OSError as error:
            if error.errno != errno.EMFILE:
                raise
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
