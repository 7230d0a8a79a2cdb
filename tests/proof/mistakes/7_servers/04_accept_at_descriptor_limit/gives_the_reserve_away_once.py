"""Opens the reserve once and for all: the second client at the limit stays in the queue.

caught by: test_each_call_sends_one_away
words: a client was sent away, and then there was room for another: your code left no reserve
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
        return None

    def close(self):
        if self.reserve is not None:
            os.close(self.reserve)
            self.reserve = None
