"""Silence: an hour in which nothing happens is over in a millisecond.

A wait that would sleep ends at once, as if its limit had passed, and every clock has moved on by it. So what
an answer makes of a long silence shows as soon as what it makes of a short one: a cap that nobody asked for, a
limit cut to whole milliseconds.

Time passes so only while nobody else could act: the wait is in the main thread, of the code under test, and the
process has no other thread and no child; no alarm was ever set; what was sent has arrived. It is a wait for sockets
with a limit (select(), poll, epoll, selectors and asyncio's loop on top of them), the sleep of the module time, or a
read or an accept() on a socket with a timeout. All others take their time: sends, locks, subprocesses. Then a test
says that it has not exercised the answer; it is not red for that.

A test can also let time pass by itself, with advance(), while the code does something else than wait. The clocks
are those of the module time, and the moments of datetime.datetime. An alarm follows another clock, the kernel's.
"""

from __future__ import annotations

import _socket
import contextlib
import datetime
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TypeVar

import pytest

from dojo.core import processes
from dojo.sandbox import child
from dojo.suite.observers.sockets import TCP_STATES, on_its_way, unacknowledged
from dojo.tape.recorder import Until

CLOCKS = ("time", "monotonic", "perf_counter")
TASKS = "/proc/self/task"
NOT_EXERCISED = "not exercised: your code waits where time cannot be made to pass at once"
ALARMED = "not exercised: your code has set an alarm, and virtual time does not reach it"

HELD_BACK = 0.5  # seconds: longer than TCP_CORK and an acknowledgement that is put off (tcp(7))

_pause, _monotonic = threading.Event(), time.monotonic
_real = {name: getattr(time, f"{name}_ns") for name in CLOCKS}
_of_processors = {getattr(time, f"CLOCK_{whose}_CPUTIME_ID", None) for whose in ("PROCESS", "THREAD")}
_clock_gettime_ns = getattr(time, "clock_gettime_ns", None)

Clock = TypeVar("Clock", bound="Silence")


class Silence:
    """Time passes at once in this block: a recorder takes it as what it asks before a wait."""

    def __init__(self) -> None:
        self.passed = 0  # nanoseconds that nobody had to wait for
        self.unanswered = False  # whether a suite sees to it that whoever connects gets no answer: none is on its way
        self._patched = contextlib.ExitStack()

    def __enter__(self: Clock) -> Clock:
        for name, real in _real.items():
            self._show(name, lambda real=real: real() + self.passed)
        if _clock_gettime_ns is not None:
            self._show("clock_gettime", self._gettime)
        self._put(datetime, "datetime", moments(self))
        child.here.recorder.silence = self
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        child.here.recorder.silence = None
        self._patched.close()

    def clock(self, start: float = 0.0) -> Callable[[], float]:
        """A clock that shows `start` now, in seconds, and goes on from there."""
        began = self._now()
        return lambda: start + (self._now() - began) / 1e9

    def longer(self, *seconds: float) -> Iterator[float]:
        """These lengths of silence, if some time has passed at once so far in this test.

        Else it ends here, as one that has not exercised the answer, with what it has found until now.
        """
        if not self.passed:
            pytest.skip(NOT_EXERCISED)
        yield from seconds

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass now, for every clock: the code does something else than wait.

        Skips the test if the code has set an alarm, which comes when it comes.
        """
        can_be_reached()
        self.passed += round(seconds * 1e9)

    def rests(self) -> bool:
        """Whether nobody but this thread could do anything, and nothing is on its way."""
        if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
            return False
        if len(os.listdir(TASKS)) > 1 or processes.children() or child.here.memory.alarmed:
            return False
        return delivered(connecting=not self.unanswered)

    def wait(self, seconds: float, until: Until) -> tuple[bool, float] | None:
        """Let the limit of a wait pass at once, if nobody else could act: see dojo.tape.recorder.Silence."""
        if not self.rests():
            return None
        if until((), 0):  # what was on its way is there by now
            return False, 0.0
        self.passed += round(seconds * 1e9)
        return True, seconds

    def _now(self) -> int:
        return int(_real["monotonic"]()) + self.passed

    def _gettime(self, which: int) -> int:
        assert _clock_gettime_ns is not None
        return int(_clock_gettime_ns(which)) + (0 if which in _of_processors else self.passed)

    def _show(self, name: str, nanoseconds: Callable[..., int]) -> None:
        """Let a clock of the module time show this, in both of its units."""
        self._put(time, f"{name}_ns", nanoseconds)
        self._put(time, name, lambda *args: nanoseconds(*args) / 1e9)

    def _put(self, module: object, name: str, stand_in: object) -> None:
        self._patched.callback(setattr, module, name, getattr(module, name))
        setattr(module, name, stand_in)


def moments(silence: Silence) -> type[datetime.datetime]:
    """datetime.datetime, which knows what time it is in this silence."""

    class Moment(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Moment:
            return super().now(tz) + datetime.timedelta(microseconds=silence.passed // 1000)

        @classmethod
        def today(cls) -> Moment:
            return cls.now()

        @classmethod
        def utcnow(cls) -> Moment:
            return cls.now(datetime.timezone.utc).replace(tzinfo=None)

    Moment.__name__ = Moment.__qualname__ = "datetime"
    return Moment


def can_be_reached() -> None:
    """Skip the test if the code has set an alarm: no clock of this module's brings it any sooner."""
    if child.here.memory.alarmed:
        pytest.skip(ALARMED)


def delivered(connecting: bool = True) -> bool:
    """Whether all that was sent on this process's TCP connections has arrived; waits for it, and not for ever.

    What a shut window holds back does not arrive; without `connecting`, nor does what would make a connection. On all
    other sockets it is there at once.
    """
    since = _monotonic()
    while (ends := list(_tcp(connecting))) and (on_its_way(connecting) or any(map(unacknowledged, ends))):
        if _monotonic() - since > HELD_BACK:
            return False
        _pause.wait(0.0005)
    return True


def _tcp(connecting: bool) -> Iterator[int]:
    """The descriptors of TCP connections, of those that are being made as well if they are asked for."""
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):  # no socket, a listener, or what the list was made with
            sock = _socket.socket(fileno=int(name))
            try:
                counts = sock.family != socket.AF_UNIX and (connecting or not _connects(sock))
            finally:
                sock.detach()
            if counts:
                unacknowledged(int(name))
                yield int(name)


def _connects(sock: _socket.socket) -> bool:
    """Whether the connection is being made: it has sent a SYN, and nobody has answered."""
    state = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    return TCP_STATES[state] == "SYN_SENT"
