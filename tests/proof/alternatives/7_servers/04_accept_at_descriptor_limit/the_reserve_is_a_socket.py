"""Keeps a socket in reserve, in a stack that closes it, and asks for the number by opening another one."""

import contextlib
import errno
import socket


class Acceptor:
    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._reserve = contextlib.ExitStack()
        self._reserve.enter_context(socket.socket())
        self._kept = True

    def accept(self) -> socket.socket | None:
        if not self._kept:
            self._keep()
        conn, limit = self._try()
        if not limit:
            return conn
        self._reserve.close()
        self._kept = False
        turned_away, _ = self._try()
        if turned_away is not None:
            turned_away.close()
        self._keep()
        return None

    def _try(self) -> tuple[socket.socket | None, bool]:
        """A connection, or None; and whether the limit is reached."""
        try:
            return self._listener.accept()[0], False
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED):
                return None, False
            if error.errno in (errno.EMFILE, errno.ENFILE):
                return None, True
            if not self._kept:
                self._keep()
            raise

    def _keep(self) -> None:
        with contextlib.suppress(OSError):
            self._reserve.enter_context(socket.socket())
            self._kept = True

    def close(self) -> None:
        self._reserve.close()
