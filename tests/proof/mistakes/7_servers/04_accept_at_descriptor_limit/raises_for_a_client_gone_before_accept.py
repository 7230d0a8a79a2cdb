"""Takes EAGAIN alone for an empty queue, and lets ECONNABORTED end its owner's loop.

caught by: test_a_client_that_was_gone_before_is_skipped
words: one client was gone before accept() returned
"""

import contextlib
import errno
import os
import socket

AT_THE_LIMIT = (errno.EMFILE, errno.ENFILE)  # the process's limit, and that of the whole system


class Acceptor:
    """Accepts clients, and sends one away for each call when no descriptor is left."""

    def __init__(self, listener: socket.socket) -> None:
        """Take a non-blocking listener, and a descriptor in reserve; raises OSError if there is none."""
        self._listener = listener
        # What is open there does not matter, only that it takes a number.
        self._reserve: int | None = os.open(os.devnull, os.O_RDONLY)

    def accept(self) -> socket.socket | None:
        """The next connection; None if nobody is in the queue, or somebody was sent away.

        Raises OSError or ValueError if the listener fails.
        """
        # If another thread was faster at the last call, there may be room now.
        self._take_reserve()
        try:
            conn, _ = self._listener.accept()
        except BlockingIOError:
            return None
        except OSError as error:
            if error.errno not in AT_THE_LIMIT:
                raise
            self._send_away()
            return None
        return conn

    def _send_away(self) -> None:
        # The reserve makes room for one, and the connection has to go before the number can be taken back.
        self.close()
        # EAGAIN: Linux looks for a number before it looks into the queue, and nobody was there. EMFILE: another
        # thread has opened something in between. Whatever else it is, the next call will say it again.
        with contextlib.suppress(OSError):
            self._listener.accept()[0].close()
        self._take_reserve()

    def _take_reserve(self) -> None:
        if self._reserve is None:
            with contextlib.suppress(OSError):
                self._reserve = os.open(os.devnull, os.O_RDONLY)

    def close(self) -> None:
        """Give the reserve back."""
        if self._reserve is not None:
            os.close(self._reserve)
            # The number is somebody else's from now on: closed twice, it would be theirs that is closed.
            self._reserve = None
