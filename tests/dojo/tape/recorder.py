"""The tape: what the process asked of the kernel, call by call.

Each call has the two phases of input and output on it: whether and how long it
waited, and what was copied. The peers' steps stand on the same tape. It lives
twice: as objects, for suites to ask, and on the board, for the report to show
when the process is gone.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dojo.tape.shared_memory import COUNTERS, Board

_write = os.write
# Errors that come without a wait: "not now", and arguments that are refused.
AT_ONCE = ("EAGAIN", "EINPROGRESS", "EBADF", "ValueError", "TypeError", "OverflowError")
KEPT = 20_000  # calls that stay as objects; a busy loop makes more, and they are only counted


@dataclass
class Call:
    """One call: who asked what of the kernel, and what came of it.

    Times are in nanoseconds since the test began. `ended` is None while the
    call is under way. `ready` tells whether the kernel could have answered at
    once: True, False, or None where the call cannot wait or nobody asked.
    """

    number: int
    who: str  # "you", "peer" or "engine"
    thread: int  # native id
    name: str
    target: str
    args: str
    fd: int
    line: int
    began: int
    ready: bool | None = None
    ended: int | None = None
    result: str = ""
    error: str = ""  # the errno's name, or the exception's
    copied: int = -1  # bytes; -1 where none could be
    slept: bool = False
    made: str = ""  # the name of the socket that the call made
    forged: bool = False  # the suite ended it with its error, where the kernel had another answer

    def record(self) -> tuple[Any, ...]:
        """The call as the board keeps it."""
        return tuple(self.__dict__.values())

    @property
    def waited(self) -> bool:
        """Whether the call put its thread to sleep."""
        if self.error == "EAGAIN" and self.name == "connect_ex":
            return True  # so Python reports a timeout of its own here
        if self.error in AT_ONCE:
            return False
        return self.slept or self.ready is False

    @property
    def text(self) -> str:
        """The call as one would write it."""
        where = f"{self.target}." if self.target else ""
        return f"{where}{self.name}({self.args})"


class Recorder:
    """Takes calls down, from any thread and from signal handlers."""

    def __init__(self) -> None:
        """A recorder that is off: what it is put into can be put in place long before it is wanted."""
        self.on = False
        self.calls: list[Call] = []
        self.labels: dict[int, str] = {}
        self.born: dict[int, tuple[str, int]] = {}  # descriptor to what made it and where
        self.garbage: list[tuple[str, int]] = []  # what nobody closed, and the line that made it
        self.changed = threading.Event()
        # What a suite lets calls end with in place of the kernel's answer: see dojo.suite.faults.
        self.accept_fault: Callable[[int, Any], int] = lambda fd, address: 0
        self.reset_fault: Callable[[int], int] = lambda fd: 0
        self.mark: Callable[[str], None] = _mark if os.environ.get("DOJO_TRACE") else _no_mark
        self.names: list[str] = []
        self._counts: dict[str, tuple[int, itertools.count[int]]] = {}
        self._made: Counter[str] = Counter()

    def start(self, board: Board, kata: str, suite: str, suite_threads: set[threading.Thread]) -> None:
        """Record to `board`; `kata` is the file whose frames are the learner's, as is every thread not listed."""
        self.board = board
        self.kata = kata
        self._suite = suite
        self._suite_threads = suite_threads
        self._started = time.perf_counter_ns()
        self.on = True

    def now(self) -> int:
        """Nanoseconds since the test began."""
        return time.perf_counter_ns() - self._started

    def who(self) -> tuple[str, int]:
        """Whose call this is and at which line: the nearest frame of the kata decides.

        asyncio's loop calls back without the kata's frames on its stack; what it
        does is the learner's all the same, unless a coroutine of the suite asked for it.
        """
        frame = sys._getframe(2)
        suite = False
        inner = ""
        while frame is not None:
            name = frame.f_code.co_filename
            if name == self.kata:
                return "you", frame.f_lineno
            if name.endswith("/asyncio/selector_events.py") and _is_its_own(frame.f_code.co_name, inner):
                return "engine", 0
            if name.endswith("/asyncio/base_events.py") and frame.f_code.co_name == "_run_once":
                return ("peer" if suite else "you"), 0
            if name == self._suite:
                suite = True
            elif name.endswith("/dojo/suite/fixtures.py") or name.endswith("/dojo/suite/observers.py"):
                return "engine", 0
            inner = name
            frame = frame.f_back  # type: ignore[assignment]
        if threading.current_thread() not in self._suite_threads:
            return "you", 0
        return "peer", 0

    def begin(self, name: str, target: str, args: str, fd: int, who: str, line: int, ready: bool | None) -> Call:
        """Put a call on the tape before it is made."""
        call = Call(
            self.board.reserve(), who, threading.get_native_id(), name, target, args[:120], fd, line, self.now(), ready
        )
        if who == "you":
            self._count(name)
        if len(self.calls) < KEPT:
            self.calls.append(call)
        self.board.write(call.number, call.record())
        self.changed.set()
        self.mark(f"begin {call.number}")
        return call

    def end(self, call: Call, result: str = "", error: str = "", copied: int = -1) -> None:
        """Complete a call with what came of it."""
        self.mark("end")
        call.result, call.error, call.copied = result[:120], error, copied
        call.ended = self.now()
        self.board.write(call.number, call.record())
        self.changed.set()

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

    def forget(self, fd: int) -> None:
        """A descriptor was closed: its number may soon be another's."""
        self.labels.pop(fd, None)
        self.born.pop(fd, None)

    def _count(self, name: str) -> None:
        if name not in self._counts:
            if len(self.names) == COUNTERS - 1:
                return
            self._counts[name] = (len(self.names), itertools.count(1))
            self.names.append(name)
            self.board.name_counters(self.names)
        place, counter = self._counts[name]
        self.board.count(place, next(counter))


def _is_its_own(function: str, called: str) -> bool:
    """Whether asyncio's loop acts for itself: its wake-up pipe, its selector made and closed."""
    if function in ("_make_self_pipe", "_close_self_pipe", "_read_from_self", "_write_to_self"):
        return True
    return function in ("__init__", "close") and called.endswith("/selectors.py")


def _mark(text: str) -> None:
    """Leave a mark that a system call tracer sees: a write that fails and does nothing."""
    try:
        _write(-1, text.encode())
    except OSError:
        pass


def _no_mark(text: str) -> None:
    """Nobody traces."""


@dataclass
class Tape:
    """What suites ask of the tape; only the learner's calls are in the answers."""

    recorder: Recorder
    _since: int = field(default=0)

    def calls(self, *names: str, of: Any = None, ok: bool | None = None) -> list[Call]:
        """The learner's calls, in order.

        `names`: only calls of these names, all without; `of`: only calls on this
        socket (or descriptor); `ok`: only those that succeeded, or only failed ones;
        what is still under way is neither.
        """
        fd = of.fileno() if hasattr(of, "fileno") else of
        return [
            call
            for call in self.recorder.calls
            if call.who == "you"
            and call.number >= self._since
            and (not names or call.name in names)
            and (fd is None or call.fd == fd)
            and (ok is None or (call.ended is not None and (not call.error) == ok))
        ]

    def count(self, *names: str, of: Any = None) -> int:
        """How many calls of these names the learner's code made."""
        return len(self.calls(*names, of=of))

    def total(self, name: str) -> int:
        """How many calls of this name the learner's code has made since the test began; a busy loop's all count."""
        return self.recorder.board.counts().get(name, 0)

    def waits(self, *names: str, of: Any = None) -> list[Call]:
        """Those of the learner's calls that put their thread to sleep."""
        return [call for call in self.calls(*names, of=of) if call.waited]

    def order(self, *names: str) -> list[str]:
        """The names of the learner's calls in the order in which they began."""
        return [call.name for call in self.calls(*names)]

    def label(self, sock: Any, name: str) -> None:
        """Give a socket the name by which the report shall call it."""
        self.recorder.label(sock.fileno(), name)

    def mark(self) -> None:
        """From here on, answer only for calls that begin after this point."""
        self._since = self.recorder.board.reserve()
