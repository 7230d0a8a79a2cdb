"""Connections with little room, which take a part of what is sent to them."""

from __future__ import annotations

import errno
import socket
from typing import Any


class Narrow(socket.socket):
    """A connection with little room: a send takes `most` bytes, and every other one would have to wait."""

    most = 16
    full = True  # whether the last send would have had to wait

    def waits(self, flags: int) -> bool:
        """Whether a send that would have to wait raises EAGAIN."""
        return self.gettimeout() == 0

    def send(self, data: Any, flags: int = 0) -> int:
        """Take a few bytes, or none."""
        self.full = not self.full
        if self.full and self.waits(flags):
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return super().send(data[: self.most], flags)

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send everything, a few bytes at a time; raises BlockingIOError on the way."""
        while data := data[self.send(data, flags) :]:
            pass

    def sendmsg(self, buffers: Any, *more: Any) -> int:
        """Take a few bytes, or none."""
        return self.send(b"".join(buffers))


class Slow(Narrow):
    """A connection of which a send takes a few bytes, and none has to wait."""

    most = 4

    def waits(self, flags: int) -> bool:
        """Never."""
        return False


class NarrowDoor(socket.socket):
    """A listener whose connections are narrow; `kind` says how."""

    kind: type[socket.socket] = Narrow

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection, and make it narrow."""
        conn, address = super().accept()
        # Otherwise the kernel might keep a small piece back until the one before is acknowledged (Nagle).
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.kind(fileno=conn.detach()), address
