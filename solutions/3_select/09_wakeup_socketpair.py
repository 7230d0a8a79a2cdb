"""3.9 wakeup socketpair: a byte to oneself, through a descriptor that the wait watches.

select(2), "The self-pipe trick": a byte written to a pipe ends a wait that watches the
pipe's other end. A socketpair does the same, and works where select() takes sockets
alone; asyncio's event loop has one inside.
"""

import contextlib
import socket


class Waker:
    """What one thread watches in its wait and other threads make readable."""

    def __init__(self) -> None:
        """Open what it needs; nothing is readable yet."""
        self._reader, self._writer = socket.socketpair()
        # Both ends: wake() must not wait for room, and drain() not for a byte.
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def fileno(self) -> int:
        """The descriptor to watch for reading."""
        return self._reader.fileno()

    def wake(self) -> None:
        """Make the descriptor readable, at once; it may be so already."""
        # A full buffer is full of wake-ups: the reader will wake without this one.
        # No lock and no flag: a signal handler may call this in the middle of another wake().
        with contextlib.suppress(BlockingIOError):
            self._writer.send(b"\0")

    def drain(self) -> None:
        """Take all wake-ups: the descriptor is not readable any more."""
        # One byte left behind would end every wait at once. Only the failing call says that none is.
        with contextlib.suppress(BlockingIOError):
            while True:
                self._reader.recv(4096)

    def close(self) -> None:
        """Close every descriptor of this object; nothing else is called after it."""
        self._reader.close()
        self._writer.close()
