"""6.9 completion over readiness

Readiness means that a call can be made now. Completion means that it has been made: a
program asks for an operation, goes on, and is called back with the result. io_uring and
Windows offer that, and it can be built on a selector.

Write Completions.
- read(), read_exactly() and write_all() ask for an operation on a non-blocking stream socket
  and return at once. For each of them run_once(), and nobody else, calls done(result) once.
- The result is bytes, a count, or the exception that stopped it; the end of the stream in
  read_exactly() is EOFError. An error of a socket shows nowhere else.
- What is asked of one socket is done in the order in which it was asked for: reads among
  themselves, and writes among themselves. Neither waits for the other, and no socket waits
  for another.
- Read nothing that nobody has asked for. While nothing is pending on a socket, it is not
  registered with the selector.
- run_once(timeout) waits until something can be done, at most `timeout` seconds (None:
  without a limit), and not at all if a result is there. It does what can be done, and calls
  back. What a callback asks for is answered in the next run_once() at the earliest. What a
  callback raises propagates, and no other result is lost by it.
- cancel(sock), before a socket is closed: all that is pending on it ends with ECANCELED.

Document: one line of it says that asynchronous I/O never blocks; beyond that, this kata.
"""

import selectors
import socket
from collections.abc import Callable

Result = bytes | int | Exception
Done = Callable[[Result], object]


class Completions:
    """Carries out what it is asked for, and calls back when it is done."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        """Take the selector to wait in; it is the caller's, who also closes it."""
        raise NotImplementedError

    def read(self, sock: socket.socket, n: int, done: Done) -> None:
        """Ask for what can be read, at most n bytes, n > 0; the result is b"" at the end of the stream."""
        raise NotImplementedError

    def read_exactly(self, sock: socket.socket, n: int, done: Done) -> None:
        """Ask for n bytes, n > 0; the result is EOFError if the stream ends before."""
        raise NotImplementedError

    def write_all(self, sock: socket.socket, data: bytes, done: Done) -> None:
        """Ask for data to be sent; the result is its size, once the kernel has taken all of it."""
        raise NotImplementedError

    def cancel(self, sock: socket.socket) -> None:
        """End all that is pending on a socket: the result of each is OSError with errno ECANCELED."""
        raise NotImplementedError

    def run_once(self, timeout: float | None) -> None:
        """Wait at most `timeout` seconds, do what can be done, call back. Raises what a callback raises."""
        raise NotImplementedError
