"""At the limit it empties the queue: for a connection that ends in the next moment all are sent away.

caught by: test_each_call_sends_one_away
words: one call did not send away one client, the first in the queue
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
            while True:
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
