"""What befalls listen(): somebody else is faster."""

from __future__ import annotations

import contextlib
import os
import socket
from types import TracebackType

from dojo.sandbox.findings import Finding
from dojo.suite.faults import met


class listen_fails:
    """In this block the first listen() of the learner's fails with EADDRINUSE: somebody else listens on the same port.

    listen(2): "another socket is already listening on the same port". Two sockets may be bound to it, where both
    have SO_REUSEADDR; just before the call the suite sets it on the learner's, binds another one, and listens first.
    Whoever has the port chosen in listen() itself (ip(7), IP_BIND_ADDRESS_NO_PORT) has none that could be taken:
    his socket is connected first, and the kernel says EINVAL.
    Raises Finding if no listen() has met that when the block ends.
    """

    def __init__(self) -> None:
        self._others: list[socket.socket] = []

    def __enter__(self) -> None:
        met.begin(by_inode=False)
        met.moments["listen"] = [self._first]

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        del met.moments["listen"]
        for other in self._others:
            other.close()
        if error is None and not self._others:
            words = "not exercised: somebody else listens on the port first, and no listen() of your code met it"
            raise Finding(words, "your code calls listen()", "no such call")

    def _first(self, fd: int, line: int) -> None:
        if self._others:
            return
        with socket.socket(fileno=os.dup(fd)) as theirs, contextlib.suppress(OSError):
            address = theirs.getsockname()
            if address[1:2] == (0,):
                other = socket.create_server((address[0], 0))
                self._others.append(other)
                theirs.connect(other.getsockname())
                return
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other = socket.socket(theirs.family)
            self._others.append(other)
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(address)
            other.listen()
