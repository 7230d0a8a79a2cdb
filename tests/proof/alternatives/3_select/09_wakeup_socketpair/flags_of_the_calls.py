"""Blocking sockets, and flags that say with each call that it may not wait."""

import socket


class Waker:
    def __init__(self) -> None:
        self._watched, self._written = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)

    def fileno(self) -> int:
        return self._watched.fileno()

    def wake(self) -> None:
        try:
            self._written.send(b"wake", socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass

    def drain(self) -> None:
        buffer = bytearray(16)
        while True:
            try:
                self._watched.recv_into(buffer, 16, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return

    def close(self) -> None:
        self._written.close()
        self._watched.close()
