"""An eventfd where the system has one (eventfd(2)): a counter, which one read sets to zero."""

import contextlib
import os
import socket


class Waker:
    def __init__(self) -> None:
        self._fd = os.eventfd(0, os.EFD_NONBLOCK) if hasattr(os, "eventfd") else -1
        self._pair: list[socket.socket] = []
        if self._fd < 0:
            self._pair += socket.socketpair()
            for end in self._pair:
                end.setblocking(False)

    def fileno(self) -> int:
        return self._fd if self._fd >= 0 else self._pair[0].fileno()

    def wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            if self._fd >= 0:
                os.eventfd_write(self._fd, 1)
            else:
                self._pair[1].send(b"!")

    def drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            if self._fd >= 0:
                os.eventfd_read(self._fd)
            while self._pair:
                self._pair[0].recv(65536)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
        for end in self._pair:
            end.close()
