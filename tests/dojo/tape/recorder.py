"""The tape: what the process asked of the kernel, call by call.

Each call has the two phases of input and output on it: whether and how long it
waited, and what was copied. The peers' steps stand on the same tape. It lives
twice: as objects, for suites to ask, and in shared memory, for the report to show
when the process is gone.
"""

from __future__ import annotations

import itertools
import os
import stat
import struct
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from dojo.tape.call import Call
from dojo.tape.faults import Faults
from dojo.tape.shared_memory import COUNTERS, SharedMemory
from dojo.tape.whose import whose

_write, _fstat = os.write, os.fstat
_nanoseconds = time.perf_counter_ns  # whatever a suite puts in its place later
MOST_CALLS = 20_000  # that stay as objects; a busy loop makes more, and they are only counted
OPEN = " stays open"  # how a close() is told that ends nothing: there is a duplicate
LARGEST = 1 << 31  # descriptor numbers are below it


# until(wake, seconds) sleeps until what a wait is for is ready, which it tells, or one of the descriptors `wake` is
# readable, or so many seconds are over.
Until = Callable[[Sequence[int], float], bool]


class Silence(Protocol):
    """What lets time pass at once: see dojo.suite.observers.silence."""

    def wait(self, seconds: float, until: Until) -> tuple[bool, float] | None:
        """Make a wait of at most so long: whether its limit has passed, and how many seconds of that at once.

        None if time does not pass here: the call has to wait by itself.
        """


class Recorder:
    """Takes calls down, from any thread and from signal handlers."""

    def __init__(self) -> None:
        """A recorder that is off: what it is put into can be put in place long before it is wanted."""
        self.on = False
        self.calls: list[Call] = []
        self.labels: dict[int, str] = {}
        self.born: dict[int, tuple[str, int]] = {}  # descriptor to what made it and where
        self.fresh: set[int] = set()  # descriptors that Python itself is about to make a socket object of
        self._same: dict[int, list[int]] = {}  # descriptors that lead to the same socket, by each of them
        self.garbage: list[tuple[str, int]] = []  # what nobody closed, and the line that made it
        self.faults = Faults()
        self.silence: Silence | None = None
        self.mark: Callable[[str], None] = _mark if os.environ.get("DOJO_TRACE") else _no_mark
        self.names: list[str] = []
        self._counts: dict[str, tuple[int, itertools.count[int]]] = {}
        self._made: Counter[str] = Counter()

    def start(self, memory: SharedMemory, kata: str, suite: str, suite_threads: set[threading.Thread]) -> None:
        """Record to `memory`; `kata` is the file whose frames are the learner's, as is every thread not listed."""
        self.memory = memory
        self.kata = kata
        self._suite = suite
        self._suite_threads = suite_threads
        self._started = _nanoseconds()
        self.on = True

    def now(self, at: int = 0) -> int:
        """Nanoseconds since the test began, now or at a moment of time.perf_counter_ns()."""
        return (at or _nanoseconds()) - self._started

    def who(self) -> tuple[str, int]:
        """Whose call this is and at which line; a thread that is not the suite's is the learner's."""
        found = whose(self.kata, self._suite)
        return found or ("peer" if threading.current_thread() in self._suite_threads else "you", 0)

    def begin(self, name: str, target: str, args: str, fd: int, who: str, line: int, ready: bool | None) -> Call:
        """Put a call on the tape before it is made."""
        fd = fd if type(fd) is int and -1 <= fd < LARGEST else -1  # an object of the learner's may answer anything
        call = Call(
            self.memory.reserve(), who, threading.get_native_id(), name, target, args[:120], fd, line, self.now(), ready
        )
        if who == "you":
            self._count(name)
        if len(self.calls) < MOST_CALLS:
            self.calls.append(call)
        self._write(call)
        self.mark(f"begin {call.number}")
        return call

    def end(self, call: Call, result: str = "", error: str = "", copied: int = -1) -> None:
        """Complete a call with what came of it."""
        self.mark("end")
        call.result, call.error, call.copied = result[:120], error, copied
        call.ended = self.now()
        self._write(call)

    def _write(self, call: Call) -> None:
        """Show it to whoever looks at the memory, or waits here; what cannot be written is the engine's fault."""
        try:
            self.memory.write(call)
        except (TypeError, ValueError, AttributeError, struct.error):
            self.memory.fault = traceback.format_exc()

    def label(self, fd: int, name: str) -> None:
        """Give a descriptor the name by which reports call it."""
        self.labels[fd] = name

    def new_label(self, fd: int, kind: str) -> None:
        """Give a descriptor the next name of its kind: conn 1, conn 2."""
        self._made[kind] += 1
        self.labels[fd] = f"{kind}{self._made[kind]}"

    def name_of(self, fd: int) -> str:
        """The name of a descriptor in reports."""
        return self.labels.get(fd) or (f"fd {fd}" if fd >= 0 else "closed socket")

    def duplicate(self, fd: int, new: int) -> None:
        """Descriptor `new` leads where `fd` leads, and gets its name."""
        same = self._same.setdefault(fd, [fd])
        same.append(new)
        self._same[new] = same
        if fd in self.labels:
            first = self.labels[fd].partition(" (dup")[0]
            self._made[f"{first} (dup"] += 1
            count = self._made[f"{first} (dup"]
            self.labels[new] = f"{first} (dup {count})" if count > 1 else f"{first} (dup)"

    def recognise(self, fd: int) -> None:
        """Name a descriptor of which nobody told where it comes from, if another one leads to the same socket."""
        if fd not in self.labels and (where := _socket_behind(fd)):
            for other in list(self.labels):
                if other != fd and _socket_behind(other) == where:
                    self.duplicate(other, fd)
                    break

    def left_open(self, fd: int) -> str:
        """What leads to the same socket and stays when a descriptor is closed, in words; empty if nothing is known."""
        where = _socket_behind(fd) if fd in self._same else None
        for other in self._same.get(fd, ()) if where else ():
            if other != fd and _socket_behind(other) == where and self.name_of(other) != self.name_of(fd):
                return f"{self.name_of(other)}{OPEN}"
        return ""

    def forget(self, fd: int) -> None:
        """A descriptor is closed: its number may soon be another's."""
        self.labels.pop(fd, None)
        self.born.pop(fd, None)
        self.fresh.discard(fd)
        if same := self._same.pop(fd, None):
            same.remove(fd)

    def _count(self, name: str) -> None:
        if name not in self._counts:
            if len(self.names) == COUNTERS - 1:
                return
            self._counts[name] = (len(self.names), itertools.count(1))
            self.names.append(name)
            self.memory.name_counters(self.names)
        place, counter = self._counts[name]
        self.memory.count(place, next(counter))


def _socket_behind(fd: int) -> tuple[int, int] | None:
    """Which socket a descriptor leads to, as fstat(2) tells them apart; None if to none."""
    try:
        found = _fstat(fd)
    except (OSError, OverflowError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISSOCK(found.st_mode) else None


def _mark(text: str) -> None:
    """Leave a mark that a system call tracer sees: a write that fails and does nothing."""
    try:
        _write(-1, text.encode())
    except OSError:
        pass


def _no_mark(text: str) -> None:
    """Nobody traces."""
