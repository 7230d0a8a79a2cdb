"""One visit of a client of `make models`.

A visit is a connection, a line of 100 bytes, the end of the stream, and whatever
the server says until it ends, too. It suits servers that echo, and those that greet.
"""

from __future__ import annotations

import errno
import selectors
import socket
import time
from collections.abc import Callable

REQUEST = b"%099d\n" % 1
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
NOT_YET = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOTCONN, errno.EINPROGRESS)


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


class Visit:
    """One connection; `done` is called with it once it has ended, well or not."""

    def __init__(
        self,
        selector: selectors.BaseSelector,
        connect: Callable[[], tuple[socket.socket, str]],
        suits: Callable[[bytes], bool],
        done: Callable[[Visit], None],
        counted: bool = False,
    ) -> None:
        self._selector, self._suits, self._done, self.counted = selector, suits, done, counted
        self.began = time.perf_counter()
        self.sock, self._refused = connect()
        self.failed = ""  # what went wrong: the name of an errno, or "wrong answer"
        self._unsaid, self._answer = REQUEST, b""
        selector.register(self.sock, READ, self.ready)

    def say(self, size: int) -> bool:
        """Send so many bytes more, and end the stream after the last; False if the connection is not there yet."""
        try:
            self._unsaid = self._unsaid[self.sock.send(self._unsaid[:size]) :]
            if not self._unsaid:
                self.sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            if error.errno in NOT_YET:
                return False
            self._end(_name(error))
        return True

    def said(self) -> bool:
        """Whether all has been sent."""
        return not self._unsaid

    def hurry(self) -> None:
        """Say everything as soon as it can be said."""
        if self._refused:
            self._end(self._refused)
            return
        # On the loopback the connection is there at once, as a rule: one turn and one change in the selector less.
        if not self.say(len(REQUEST)):
            self._selector.modify(self.sock, READ | WRITE, self.ready)

    def ready(self, mask: int) -> None:
        """Read a piece; at the end of the stream the visit is over."""
        if mask & WRITE and self.say(len(REQUEST)) and self.sock.fileno() != -1:
            self._selector.modify(self.sock, READ, self.ready)
        if mask & READ and self.sock.fileno() != -1:
            try:
                piece = self.sock.recv(4096)
            except BlockingIOError:
                return
            except OSError as error:
                self._end(_name(error))
                return
            self._answer += piece
            if not piece:
                right = not self._unsaid and self._suits(self._answer)
                self._end("" if right else "wrong answer")

    def _end(self, failed: str) -> None:
        self.failed = failed
        self.close()
        self._done(self)

    def close(self) -> None:
        """Unregister and close."""
        if self.sock.fileno() != -1:
            self._selector.unregister(self.sock)
            self.sock.close()
