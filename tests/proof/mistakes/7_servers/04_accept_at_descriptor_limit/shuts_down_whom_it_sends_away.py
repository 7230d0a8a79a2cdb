"""Ends the connection with shutdown() before it closes it, which fails for a client that has reset meanwhile.

caught by: test_at_the_limit_a_client_that_has_reset_is_sent_away_too
words: at the limit a client had reset, and your code raised the error of its connection
"""

import errno
import os
import socket


class Acceptor:
    def __init__(self, listener):
        self.listener = listener
        self.reserve = [os.dup(listener.fileno())]

    def accept(self):
        self.close()
        conn = None
        try:
            conn, _ = self.listener.accept()
        except OSError as error:
            if not isinstance(error, (BlockingIOError, ConnectionAbortedError)) and error.errno != errno.EMFILE:
                raise
        finally:
            self.refill()
        if conn is not None and (not self.reserve):
            conn.shutdown(socket.SHUT_RDWR)
            conn.close()
            conn = None
            self.refill()
        return conn

    def refill(self):
        try:
            self.reserve.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            pass

    def close(self):
        while self.reserve:
            os.close(self.reserve.pop())
