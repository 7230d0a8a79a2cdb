"""Virtual time: the suite lets an hour pass for the code that waits in threads, and it takes a few looks.

Time goes on as ever, and advance() moves it on at once: every clock of the module time, and the limit of each wait
that another thread is in. The waits are those of a silence (silence.py): for sockets with a limit, time.sleep(), a
read or an accept() on a socket with a timeout. Before each step all of the code rests; a step goes to the next limit
of a wait, so that none is passed over. An hour in which somebody looks each second is gone through in larger steps,
and whoever looks every few milliseconds gets to see only where they lead. For such a one a suite sets `in_naps`.
What the suite has sent before must have been taken by then: it waits for the answer, or for what else shows that.
(That all of it was acknowledged would take the 40 ms for which the kernel puts that off.)

A thread that sleeps in anything else, on a lock say, does not see the time pass. Then the test says that it has not
exercised the answer; it is not red for that.
"""

from __future__ import annotations

import _socket
import contextlib
import fcntl
import os
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

import pytest

from dojo.sandbox import child
from dojo.suite.marks import off_the_tape
from dojo.suite.observers.rest import BUSY, TASKS, Rest
from dojo.suite.observers.silence import NOT_EXERCISED, Silence, can_be_reached
from dojo.suite.observers.waits import wait_until
from dojo.tape.recorder import Until

LOOKS = 5  # on end, in which nothing moves
SHORT = 0.25  # seconds: a wait that ends sooner looks round, and no step is made for it
MOST_STEPS = 30  # in one advance(): a wait may end later, by so small a part of it
THREADS = 4  # that may wait before one more descriptor is needed
LIMITS = (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO)
HIGH = 60  # descriptors from here on are nobody's lowest free number

_pause = threading.Event()

Time = TypeVar("Time", bound="VirtualTime")


class _Wait:
    """A wait with a limit that is under way in a thread."""

    def __init__(self, due: int, wake: int) -> None:
        """It is over when the clock shows `due`, in nanoseconds; `wake` is the descriptor by which it is woken."""
        self.due, self.wake = due, wake


class VirtualTime(Silence):
    """Time moves on in this block when the suite says so: see advance()."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._waits: list[_Wait] = []
        self._over = False
        self.in_naps = False  # in one thread the pauses between two looks pass at once; `passed` tells how many did
        self._wakes: dict[int, int] = {}  # a thread's descriptor, which it keeps: suites count how many are open
        self._spare: list[int] = []

    def __enter__(self: Time) -> Time:
        with contextlib.suppress(OSError):
            while len(self._spare) < THREADS:
                self._spare.append(_wake())
        return super().__enter__()

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over = True
        self._wake(lambda one: True)
        while self._waits:  # they have descriptors, which nobody shall take for left behind
            _pause.wait(0.0005)
        for wake in (*self._wakes.values(), *self._spare):
            os.close(wake)
        super().__exit__(kind, error, trace)

    def wait(self, seconds: float, until: Until) -> tuple[bool, float] | None:
        """Wait for real, and no longer than advance() lets it; the main thread calls that, and waits by itself."""
        if threading.current_thread() is threading.main_thread() or self._over:
            return None
        if self.in_naps and seconds < SHORT:
            if until((), 0):
                return False, 0.0
            self.passed += round(seconds * 1e9)
            return True, seconds
        began = self.passed
        with self._lock:
            try:
                one = _Wait(self._now() + round(seconds * 1e9), self._mine())
            except OSError:
                return None
            self._waits.append(one)
        try:
            while not self._over:
                if until((one.wake,), max(one.due - self._now(), 0) / 1e9):
                    return False, 0.0
                if self._now() >= one.due:
                    return True, min(seconds, (self.passed - began) / 1e9)
            return None
        finally:
            with self._lock:
                self._waits.remove(one)
                with contextlib.suppress(BlockingIOError):  # not woken
                    os.eventfd_read(one.wake)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass, from one limit of a wait to the next, and the code do what it does then.

        Skips the test if a thread of the code's waits where time cannot be made to pass, or has set an alarm.
        """
        goal = self._now() + round(seconds * 1e9)
        least = round(seconds * 1e9 / MOST_STEPS)
        arrived = False
        while not arrived:
            self._rests()
            now = self._now()
            with self._lock:
                step = min((one.due for one in self._waits if one.due > now + SHORT * 1e9), default=goal)
            step = max(step, now + least)
            arrived = step >= goal
            self.passed += max(min(step, goal) - now, 0)
            self._wake(lambda one: one.due <= self._now())
        self._rests()

    def _rests(self) -> None:
        """Wait until all of the code rests."""
        wait_until(Rest(LOOKS, busy=BUSY), "your code to fall asleep")
        can_be_reached()
        with off_the_tape():
            seen = _seen()
        if not seen:
            pytest.skip(NOT_EXERCISED)

    def _mine(self) -> int:
        """The descriptor by which this thread is woken; raises OSError if there is none, and none can be made."""
        me = threading.get_native_id()
        if me not in self._wakes:
            ended = [thread for thread in self._wakes if not (TASKS / str(thread)).exists()]
            self._spare += [self._wakes.pop(thread) for thread in ended]
            self._wakes[me] = self._spare.pop() if self._spare else _wake()
        return self._wakes[me]

    def _wake(self, whom: Callable[[_Wait], bool]) -> None:
        with self._lock:
            for one in filter(whom, self._waits):
                os.eventfd_write(one.wake, 1)


def _wake() -> int:
    """A descriptor that becomes readable when it is written to (eventfd(2)); raises OSError if there is none left."""
    low = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
    try:
        return fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, HIGH)
    finally:
        os.close(low)


def _seen() -> bool:
    """Whether each thread of the code's that is alive is in a call on the tape, whose time is not the kernel's."""
    mine = [call for call in child.here.recorder.calls if call.who == "you"]
    waiting = {call.thread for call in mine if call.ended is None and not _limited_by_the_kernel(call.fd)}
    threads = {call.thread for call in mine} - {threading.get_native_id()}
    threads |= {one.native_id or 0 for one in threading.enumerate() if one not in child.here.own_threads}
    return all(thread in waiting or not (TASKS / str(thread)).exists() for thread in threads)


def _limited_by_the_kernel(fd: int) -> bool:
    """Whether this is a socket whose calls have a limit that only the kernel knows: SO_RCVTIMEO (socket(7))."""
    if fd < 0:  # a wait for several
        return False
    with contextlib.suppress(OSError, OverflowError):  # no socket
        sock = _socket.socket(fileno=fd)
        try:
            return any(any(sock.getsockopt(socket.SOL_SOCKET, limit, 16)) for limit in LIMITS)
        finally:
            sock.detach()
    return False
