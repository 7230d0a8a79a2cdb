"""Gives up the reserve before each accept(): if there is no number for a new one, this client was one too many."""

import errno
import os
import socket


class Acceptor:
    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.reserve = [os.dup(listener.fileno())]

    def accept(self) -> socket.socket | None:
        self.close()
        conn = None
        try:
            conn, _ = self.listener.accept()
        except OSError as error:
            if not isinstance(error, (BlockingIOError, ConnectionAbortedError)) and error.errno != errno.EMFILE:
                raise
        finally:
            self.refill()
        if conn is not None and not self.reserve:
            conn.close()
            conn = None
            self.refill()
        return conn

    def refill(self) -> None:
        try:
            self.reserve.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            pass

    def close(self) -> None:
        while self.reserve:
            os.close(self.reserve.pop())
