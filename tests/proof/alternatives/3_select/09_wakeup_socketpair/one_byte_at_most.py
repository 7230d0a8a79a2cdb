"""A flag keeps all wake-ups but the first from writing; it is set before writing, and taken back after reading."""

import contextlib
import socket


class Waker:
    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._pending = False

    def fileno(self) -> int:
        return self._reader.fileno()

    def wake(self) -> None:
        if not self._pending:
            # Before sending: a drain() in between takes the flag back, and the byte comes all the same.
            self._pending = True
            with contextlib.suppress(BlockingIOError):
                self._writer.send(b"!")

    def drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._reader.recv(16):
                pass
        # A wake-up before this line was for a loop that is awake already.
        self._pending = False

    def close(self) -> None:
        self._reader.close()
        self._writer.close()
