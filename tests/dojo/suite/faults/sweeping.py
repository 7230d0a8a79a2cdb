"""The call that fails in this run of a test that is swept: see dojo.sandbox.sweep."""

from __future__ import annotations

import _socket
import contextlib
import errno
import os
import select
import socket
import stat
import struct
import threading
from collections.abc import Callable
from typing import Any

from dojo.sandbox import child
from dojo.sandbox.findings import Finding, cut, describe, safe_repr
from dojo.sandbox.sweep import Case
from dojo.suite.background import Running
from dojo.suite.faults import met
from dojo.suite.faults.streams import beside_the_tape
from dojo.suite.marks import off_the_tape
from dojo.suite.observers import LOOKS, asleep_in, readiness, run_time, sleeps, soon, unread, wait_until
from dojo.suite.peers import reset

LINGER = struct.pack("ii", 1, 0)


class Failing:
    """What is to fail in this run, and what has: the peer's end really resets, and the call tells the error."""

    def __init__(self) -> None:
        self.error = ""  # the name of the errno with which a call has failed; empty while none has
        self._case: Case | None = child.case
        self._left = self._case.nth if self._case else 0
        self._inode = 0
        self.thread = 0  # the number of the one that is in outcome()
        self.done = False  # it has returned
        self.talks: list[Trickle] = []
        if self._case and self._case.line >= 0:
            met.begin()
            met.moments[self._case.name] = [self._before]

    def outcome(self, function: Callable[..., Any], *args: Any) -> Any:
        """What it returns, or the OSError or EOFError that it raises."""
        self.thread = threading.get_native_id()
        try:
            return function(*args)
        except (OSError, EOFError) as error:
            return error.with_traceback(None)
        finally:
            self.done = True
            for talk in self.talks:  # one that goes on would hold descriptors of which nobody knows whose they are
                talk.end()
            if self._case and met.reported:
                self.error = self._case.error

    def propagates(self, outcome: Any, words: str) -> None:
        """Raise Finding, in these words, unless the outcome is the error that the call has told."""
        number = getattr(errno, self.error)
        if isinstance(outcome, OSError) and outcome.errno == number:
            return
        raised = isinstance(outcome, BaseException)
        got = f"your code raised {describe(outcome)}" if raised else f"your code returned {cut(safe_repr(outcome))}"
        raise Finding(words, f"{describe(OSError(number, os.strerror(number)))} should propagate", got)

    def _before(self, fd: int, line: int) -> None:
        case: Case | None = child.case
        named = case is not None and case.target in ("", child.here.recorder.name_of(fd))
        if case is None or line != case.line or not named:
            return
        self._left -= 1
        if self._left == 0:
            with contextlib.suppress(OSError):
                _reset_other_end(fd)
                met.broken[met.inode(fd)] = getattr(errno, case.error)


def _reset_other_end(fd: int) -> None:
    """Let the other end of a connection reset, which is in this process; whatever object has it stays open."""
    with off_the_tape():
        with beside_the_tape(fd) as ours:
            ends = ours.getpeername(), ours.getsockname()
        for number in map(int, os.listdir("/proc/self/fd")):
            with contextlib.suppress(OSError):
                if not stat.S_ISSOCK(os.fstat(number).st_mode):
                    continue
                with beside_the_tape(number) as theirs:
                    if (theirs.getsockname(), theirs.getpeername()) != ends:
                        continue
                    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
                fresh = _socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                os.dup2(fresh.fileno(), number, inheritable=False)  # the last descriptor of its end: it resets
                fresh.close()
                _take_down(number)
    soon(lambda: bool(readiness(fd, 0) & (select.POLLERR | select.POLLHUP)))


def _take_down(number: int) -> None:
    """Put the reset on the tape, as the peer's: it would have made these calls."""
    recorder = child.here.recorder
    options = f"{socket.SOL_SOCKET}, {socket.SO_LINGER}, on, 0"
    for name, args in (("setsockopt", options), ("close", "")):
        recorder.end(recorder.begin(name, recorder.name_of(number), args, number, "peer", 0, None))


class Trickle:
    """A peer that says these pieces one by one, the next when the reader has taken the last and sleeps, and ends."""

    def __init__(self, failing: Failing, sock: socket.socket, peer: socket.socket, pieces: tuple[bytes, ...]) -> None:
        """Begin at once, in a thread; `sock` is the learner's end."""
        self.sent = b""  # what went out before the connection broke, or all
        self._looks, self._ran = 0, 0
        self._failing, self._sock, self._peer = failing, sock, peer
        self._running = Running(self._say, pieces)
        failing.talks.append(self)

    def end(self) -> None:
        """Wait until it has ended: the reader has."""
        wait_until(lambda: self._running.done, "the peer to see that the reader has ended")

    def _say(self, pieces: tuple[bytes, ...]) -> None:
        case: Case | None = child.case
        for number, piece in enumerate(pieces):
            wait_until(self._may_go_on, "the reader to sleep")
            if self._failing.done:
                return
            if case and case.line < 0 and number == len(pieces) // 2:
                self._failing.error = case.error
                reset(self._peer)
                return
            try:
                self._peer.sendall(piece)
            except OSError:  # a call has failed meanwhile: this end of the connection is gone
                return
            self.sent += piece
        wait_until(self._may_go_on, "the reader to sleep")
        with contextlib.suppress(OSError):
            self._peer.shutdown(socket.SHUT_WR)

    def _may_go_on(self) -> bool:
        if self._failing.done:
            return True
        with contextlib.suppress(OSError):
            return not unread(self._sock) and self._reader_sleeps()
        return True

    def _reader_sleeps(self) -> bool:
        """Whether it sleeps in a call on the tape, or has slept, and never run, for some looks on end."""
        if any(map(asleep_in, child.here.tape.calls()[-2:])):
            return True
        thread = self._failing.thread
        ran, still = run_time(thread) if thread else 0, bool(thread) and sleeps(thread)
        self._looks = self._looks + 1 if still and ran == self._ran else 0
        self._ran = ran
        return self._looks > LOOKS
