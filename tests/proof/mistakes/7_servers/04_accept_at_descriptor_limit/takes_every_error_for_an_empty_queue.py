"""Takes every error for an empty queue: the client stays there, and the loop turns without a pause.

caught by: test_at_the_limit_a_client_is_sent_away
words: no descriptor was left, and your code left the client in the queue: the loop will turn without a pause
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
