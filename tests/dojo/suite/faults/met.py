"""Which call meets which fault: by the inode of its socket, whatever descriptor leads there."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

import pytest

from dojo.sandbox import child
from dojo.suite.observers import inode_behind, ports
from dojo.tape.faults import Faults
from dojo.tape.interception import BROKEN, READ


class AtTheDoor:
    """What befalls the learner's accept() on one listener; by itself nothing."""

    def __init__(self) -> None:
        self.fired = 0  # how often it has befallen a call
        self.seen = 0  # how many accepts there were, met or not

    def before(self) -> None:
        """An accept() on the listener is about to be made."""

    def accepted(self, port: int) -> int:
        """accept() has taken the client with this port: the errno with which it ends all the same, or 0."""
        return 0

    def told(self, code: int) -> int:
        """The errno that is told where accept() has ended with `code`."""
        return code

    def ended(self) -> None:
        """The accept() has ended."""


class OnAStream:
    """What befalls the learner's calls on one connection; by itself nothing."""

    def reading(self, fd: int, may_wait: bool) -> None:
        """A call that reads is about to be made."""

    def ended(self) -> None:
        """A call on the connection has ended."""

    def room(self) -> int:
        """How many bytes the next call that sends may take; -1 for as many as the kernel takes."""
        return -1

    def sent(self, fd: int) -> None:
        """A call that sends was cut short."""


doors: dict[int, tuple[AtTheDoor, ...]] = {}  # by the listener's inode
moments: dict[str, list[Callable[[int, int], object]]] = {}  # by the call's name: what is called before it
streams: dict[int, tuple[OnAStream, ...]] = {}  # by the inode of the learner's end
broken: dict[int, int] = {}  # the inode of the learner's end of a connection that was broken off, and the errno
reported: set[int] = set()  # those of them that a call of the learner's has told of
_coming: dict[int, list[Callable[[int], None]]] = {}  # by the client's port: what is done with the inode, at accept()


def begin(by_inode: bool = True) -> None:
    """Let calls meet faults from now on; skips the test where they go `by_inode`, and a socket has none."""
    if by_inode and sys.platform != "linux":
        pytest.skip("only Linux tells by fstat(2) which socket is behind a descriptor, and this fault needs it")
    child.here.recorder.faults = _Met()


def inode(fd: int) -> int:
    """The socket behind a descriptor, whichever that is; 0 if it was closed meanwhile."""
    try:
        return os.fstat(fd).st_ino
    except OSError:
        return 0


def on_a_stream(fault: OnAStream, there: int) -> None:
    """From now on it befalls the connection whose end of the learner's has this inode."""
    streams[there] = (*streams.get(there, ()), fault)


def learners_end(client: socket.socket, bind: Callable[[int], None]) -> None:
    """Call bind() with the inode of the learner's end of a connection: now, or when it is accepted."""
    ends = ports(client)
    if ends is None:  # it is gone already
        return
    _coming.setdefault(ends[1], []).append(bind)
    if there := inode_behind(*ends):
        _coming.pop(ends[1], None)
        bind(there)


class _Met(Faults):
    def before(self, name: str, fd: int, line: int, may_wait: bool) -> None:
        for act in moments.get(name, ()):
            act(fd, line)
        if name == "accept":
            for fault in doors.get(inode(fd), ()):
                fault.seen += 1
                fault.before()
        elif name in READ and streams:
            for stream in streams.get(inode(fd), ()):
                stream.reading(fd, may_wait)

    def accepted(self, fd: int, number: int, address: Any) -> int:
        port = address[1] if isinstance(address, tuple) else 0
        for bind in _coming.pop(port, ()):
            bind(inode(number))
        return next((code for fault in doors.get(inode(fd), ()) if (code := fault.accepted(port))), 0)

    def told(self, name: str, fd: int, code: int) -> int:
        if name == "accept":
            for fault in doors.get(inode(fd), ()):
                code = fault.told(code)
        elif code in BROKEN and (there := inode(fd)) in broken:
            reported.add(there)
            return broken[there]
        return code

    def ended(self, name: str, fd: int) -> None:
        if name == "accept":
            for fault in doors.get(inode(fd), ()):
                fault.ended()
        else:
            for stream in streams.get(inode(fd), ()) if streams else ():
                stream.ended()

    def room(self, fd: int) -> int:
        return max((stream.room() for stream in streams.get(inode(fd), ())), default=-1) if streams else -1

    def sent(self, fd: int) -> None:
        for stream in streams.get(inode(fd), ()):
            stream.sent(fd)
