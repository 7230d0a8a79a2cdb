"""Waits a little, in case somebody closes something: meanwhile nobody else is served, and nobody can.

caught by: test_at_the_limit_a_client_is_sent_away
words: at the limit your code waited, and the whole loop stood still
"""

import errno
import os
import time


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
        time.sleep(0.01)
        try:
            return self.listener.accept()[0]
        except OSError:
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
