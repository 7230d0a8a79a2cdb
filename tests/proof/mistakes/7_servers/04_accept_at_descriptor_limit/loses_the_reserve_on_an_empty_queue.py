"""Takes the reserve back behind the second accept(), and not when that raises.

caught by: test_at_the_limit_with_an_empty_queue_the_reserve_comes_back
words: nobody was in the queue, and your code did not put the reserve in its place again
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
            self.take_reserve()
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.EAGAIN):
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
