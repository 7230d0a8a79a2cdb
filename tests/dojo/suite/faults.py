"""Faults: one call on one kernel object ends in a way that the loopback does not bring about when a test wants it."""

from __future__ import annotations

import errno
import os
import socket
from types import TracebackType
from typing import Any

from dojo.sandbox import child
from dojo.sandbox.findings import Finding, describe
from dojo.suite.observers import inode_behind, ports
from dojo.suite.peers import reset, reset_in_queue


class client_gone_before_accept:
    """In this block a client connects to `listener` and resets, and the learner's accept() of it fails with `error`.

    accept(2), ECONNABORTED: "a connection has been aborted". Linux hands out such a connection as if it lived, and
    its first call fails; other systems end accept() so. The client comes and goes when the block is entered. The
    accept() of the learner's that takes it off the queue, on the listener, on a duplicate or on an object made of
    its number, closes it and raises OSError with this errno, once; all other connections are handed out as ever,
    and the suite's own accept() is left alone. TCP only.

    Let the block hold what has to go on: a client that comes afterwards, and is served. Raises Finding if that error
    ends the learner's code, and if no accept() has met the client when the block ends: then nothing was exercised.
    """

    def __init__(self, listener: socket.socket, error: str = "ECONNABORTED") -> None:
        self.fired = False  # whether an accept() of the learner's has failed with it
        self._listener, self._name, self._errno = listener, error, getattr(errno, error)

    def __enter__(self) -> client_gone_before_accept:
        client = socket.socket(self._listener.family)
        child.here.recorder.label(client.fileno(), "client X")
        host, *_ = address = self._listener.getsockname()
        client.bind((host, 0))
        # Known before it is in the queue: whoever accepts at once meets it as well.
        _planned[os.fstat(self._listener.fileno()).st_ino, client.getsockname()[1]] = self
        child.here.recorder.accept_fault = _fault
        client.connect(address)
        reset_in_queue(client)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, OSError) and error.errno == self._errno and self.fired:
            raise Finding(
                f"one client was gone before accept() returned ({self._name}), and your code ended with that error",
                "it skips this client and goes on with the next one",
                describe(error),
            ).with_traceback(trace) from error
        if error is None and not self.fired:
            raise Finding(
                "not exercised: a client was gone before accept() returned, and no accept() of your code met it",
                f"your code calls accept() on the listener, and it fails with {self._name}",
                "no such call",
            )

    def fail(self) -> int:
        """The errno with which the call ends."""
        self.fired = True
        return int(self._errno)


_planned: dict[tuple[int, int], client_gone_before_accept] = {}  # by the listener's inode and the client's port


def _fault(fd: int, address: Any) -> int:
    """The errno with which an accept() that took this connection is to end; 0 leaves it alone."""
    try:
        # The inode is the socket's, through whatever descriptor it is reached.
        fault = _planned.pop((os.fstat(fd).st_ino, address[1]), None)
    except (OSError, IndexError):  # the listener was closed meanwhile; an address without a port
        return 0
    return fault.fail() if fault else 0


def break_off(peer: socket.socket, error: str = "ETIMEDOUT") -> None:
    """Reset a connection at the suite's end, and let the learner's end report it as `error`.

    tcp(7), TCP_USER_TIMEOUT: a connection whose peer has vanished ends with ETIMEDOUT, after minutes. Here the peer
    really resets, so that select(), poll() and the queues show a broken connection, and the call that would report
    ECONNRESET, or getsockopt(SO_ERROR), reports `error` in its place: in Python TimeoutError, with an errno, which a
    timeout of Python's own does not have. The learner's end is found by its inode, through whatever descriptor it
    is reached. TCP over IPv4, and Linux alone: elsewhere it stays a reset.
    """
    if ends := ports(peer):
        _broken[inode_behind(*ends)] = getattr(errno, error)
        child.here.recorder.reset_fault = _reset_fault
    reset(peer)


_broken: dict[int, int] = {}  # the inode of the learner's end, and the errno


def _reset_fault(fd: int) -> int:
    """The errno that stands in for a reset on this descriptor; 0 leaves it alone."""
    try:
        return _broken.get(os.fstat(fd).st_ino, 0)
    except OSError:  # it was closed meanwhile
        return 0
