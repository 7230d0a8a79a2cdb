"""Gives up the reserve for good when another thread has taken its number.

caught by: test_another_thread_takes_the_number_meanwhile
words: there never was a new reserve
"""

import errno
import os


class Acceptor:
    def __init__(self, listener):
        self.listener = listener
        self.reserve = os.open(os.devnull, os.O_RDONLY)

    def accept(self):
        try:
            return self.listener.accept()[0]
        except BlockingIOError:
            return None
        except OSError as error:
            if error.errno != errno.EMFILE:
                raise
        self.close()
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            pass
        except OSError as error:
            if error.errno != errno.EMFILE:
                raise
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
