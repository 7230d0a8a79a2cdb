"""What befalls a connection: a reset told as another error, sends that take a part, reports that are out of date."""

from __future__ import annotations

import _socket
import contextlib
import errno
import functools
import itertools
import os
import socket
from collections.abc import Callable

from dojo.suite.faults import met
from dojo.suite.marks import off_the_tape
from dojo.suite.observers import over, ports
from dojo.suite.peers import drain, reset
from dojo.tape.interception import READ

FILLER = b"\xf5"  # no byte of UTF-8
NARROW = 4096  # bytes: the smallest buffers


def break_off(peer: socket.socket, error: str = "ETIMEDOUT") -> None:
    """Reset a connection at the suite's end, and let the learner's end report it as `error`.

    tcp(7), TCP_USER_TIMEOUT: a connection whose peer has vanished ends with ETIMEDOUT, after minutes. Here the peer
    really resets, so that select(), poll() and the queues show a broken connection, and the call that would report
    ECONNRESET, or getsockopt(SO_ERROR), reports `error` in its place: in Python TimeoutError, with an errno, which a
    timeout of Python's own does not have. It may stand in the queue still. TCP over IPv4, and Linux alone: elsewhere
    it stays a reset.
    """
    if ports(peer):
        met.begin()
        met.learners_end(peer, lambda inode: met.broken.update({inode: getattr(errno, error)}))
    reset(peer)


class refused_as:
    """From now on a connection of the learner's that was refused is reported as `error`, by whatever call tells of it.

    connect(2) has more reasons than ECONNREFUSED, and the loopback knows no other. The kernel really refuses; the call
    that would report it, or getsockopt(SO_ERROR), reports `error` in its place. Linux alone.
    """

    def __init__(self, sock: socket.socket, error: str) -> None:
        met.begin()
        self._inode = met.inode(sock.fileno())
        met.broken[self._inode] = getattr(errno, error)

    @property
    def told(self) -> bool:
        """Whether a call has reported it."""
        return self._inode in met.reported


class short_sends(met.OnAStream):
    """From now on each send of the learner's on `sock` takes at most so many bytes, one count after the other.

    send(2): the count may be less than what was given. `sock` is blocking, or waited for by its level: there is more
    room in the kernel than the count tells, and no edge will come (epoll(7)). For others see squeezed.
    """

    def __init__(self, sock: socket.socket, *counts: int) -> None:
        self._counts = itertools.cycle(counts)
        met.begin()
        met.on_a_stream(self, met.inode(sock.fileno()))

    def room(self) -> int:
        """The next count."""
        return next(self._counts)


class squeezed(met.OnAStream):
    """From now on a send of the learner's to `client` takes `most` bytes, and then has no room until the client reads.

    The buffer is really full: behind the part that was taken stand bytes of the suite's, which read() leaves out. So
    EAGAIN, poll() and edges are the kernel's own. What the learner's code sends must not hold FILLER. TCP over IPv4;
    connect the client with `room=NARROW`, or much has to be filled. Without `full` there is more room at once, and no
    edge will come: for code that asks nobody, or asks by the level.
    """

    def __init__(self, client: socket.socket, most: int = 16, full: bool = True) -> None:
        self.fired = 0  # how many sends were cut
        self._client, self._most, self._full = client, most, full
        met.begin()
        met.learners_end(client, functools.partial(met.on_a_stream, self))

    def read(self) -> bytes:
        """What has come to the client of the learner's bytes; does not wait."""
        return drain(self._client).replace(FILLER, b"")

    def over(self) -> bool:
        """Whether all that came was read, and the stream has ended."""
        return over(self._client)

    def room(self) -> int:
        """So many bytes, each time."""
        return self._most

    def sent(self, fd: int) -> None:
        """Fill the buffer."""
        self.fired += 1
        if not self._full:
            return
        with off_the_tape(), beside_the_tape(fd) as sock, contextlib.suppress(BlockingIOError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, NARROW)
            while True:
                sock.send(FILLER * 65536, socket.MSG_DONTWAIT)


class stale_report(met.OnAStream):
    """The next time that the learner's code reads from `client`, and need not wait, what it was told of is gone.

    select(2), BUGS: "data has arrived but upon examination has the wrong checksum and is discarded". The suite takes
    the bytes off the queue just before the call, which really finds nothing (EAGAIN), and the client sends them once
    more when it has ended: that is an edge. A read that may wait is left alone. TCP over IPv4.
    """

    def __init__(self, client: socket.socket) -> None:
        self.fired = False
        self._client, self._again = client, b""
        met.begin()
        met.learners_end(client, functools.partial(met.on_a_stream, self))

    def reading(self, fd: int, may_wait: bool) -> None:
        """Take what is there."""
        if self.fired or may_wait:
            return
        with off_the_tape(), beside_the_tape(fd) as sock, contextlib.suppress(OSError):
            self._again = sock.recv(1 << 20, socket.MSG_DONTWAIT)
        self.fired = bool(self._again)

    def ended(self) -> None:
        """Send it once more."""
        if self._again:
            again, self._again = self._again, b""
            self._client.sendall(again)


def before_each_read(act: Callable[[], object]) -> None:
    """From now on act() is called just before any read of the learner's; what it calls is a peer's."""
    met.begin(by_inode=False)
    for name in READ:
        met.moments.setdefault(name, []).append(lambda fd, line: act())


def beside_the_tape(fd: int) -> contextlib.closing[_socket.socket]:
    """The socket behind a descriptor, by a number of its own, as an object whose calls nobody takes down."""
    number = os.dup(fd)
    try:
        return contextlib.closing(_socket.socket(fileno=number))
    except OSError:  # it is no socket
        os.close(number)
        raise
