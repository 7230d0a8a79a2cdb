"""Make a call for the code under test and take it down, with its two phases told apart."""

from __future__ import annotations

import contextlib
import errno
import functools
import math
import os
import select
import socket
import sys
from collections.abc import Callable, Sequence
from typing import Any

from dojo.tape.call import Call
from dojo.tape.recorder import Recorder, Silence, Until
from dojo.tape.wording import error_name, events_text, text_of

READ = (
    "recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into",
    "os.read", "os.readinto", "os.readv", "os.pread", "os.preadv", "os.splice",
)  # fmt: skip
WRITE = ("send", "sendall", "sendto", "sendmsg", "os.write", "os.writev", "os.pwrite", "os.pwritev", "os.sendfile")
# Both bits mean readable, and learners write one of them: so a trace tells our looks from theirs.
LOOK_IN = select.POLLIN | select.POLLRDNORM
LOOK_OUT = select.POLLOUT | select.POLLWRNORM

BROKEN = (errno.ECONNRESET, errno.ECONNREFUSED)  # what ends a connection on the loopback
SLACK = 50e-6  # seconds
_poll = select.poll
timeout_of = socket.socket.gettimeout

try:
    from resource import RUSAGE_THREAD, getrusage

    def thread_sleeps() -> int:
        """How often this thread has gone to sleep of its own accord (getrusage(2), ru_nvcsw)."""
        return getrusage(RUSAGE_THREAD).ru_nvcsw

except ImportError:  # not Linux

    def thread_sleeps() -> int:
        """Unknown here: whether a call waited is then told by the look before it alone."""
        return 0


def is_ready(fd: int, look: int) -> bool:
    """Whether the kernel would answer at once; asks without waiting and changes nothing."""
    poll = _poll()
    poll.register(fd, look)
    return bool(poll.poll(0))


def ready_or_woken(looks: dict[int, int], wake: Sequence[int], seconds: float) -> bool:
    """Sleep until one of these descriptors is ready for what it is looked at for, and say so: see recorder.Until."""
    poll = _poll()
    for fd, look in (looks | dict.fromkeys(wake, LOOK_IN)).items():
        poll.register(fd, look)
    return any(fd not in wake for fd, _ in poll.poll(math.ceil(seconds * 1000)))


class Calls:
    """Takes calls down on one tape."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self._passed: dict[int, float] = {}  # seconds of silence, by the number of a call that is under way

    def begin(self, name: str, target: str, args: str, fd: int, look: Callable[[], bool] | None) -> Call | None:
        """Put a call on the tape before it is made; None if it is not to be recorded.

        `look` tells whether the call could be answered at once; it is asked
        only where the call may wait and only for the learner's calls.
        """
        recorder = self.recorder
        if not recorder.on:
            return None
        who, line = recorder.who()
        if who == "engine":
            return None
        if who == "you":
            # What it does to the kernel is there when the kernel is looked at.
            recorder.faults.before(name, fd, line, look is not None)
        ready = None
        if look is not None and who == "you":
            recorder.mark("off")
            ready = look()
            recorder.mark("on")
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stdout.flush()  # what was printed before a call is readable if the call never returns
        return recorder.begin(name, target, args, fd, who, line, ready)

    def make(self, call: Call | None, work: Callable[[], Any], may_sleep: bool = False, size: int = -1) -> Any:
        """Make the call and take down what came of it.

        `may_sleep`: it can go to sleep though it was ready at first, as a send
        can; `size`: what it copies where the result does not tell.
        """
        if call is None:
            self.recorder.mark("off")
            try:
                return work()
            finally:
                self.recorder.mark("on")
        before = thread_sleeps() if may_sleep else 0
        try:
            result = work()
        except BaseException as error:
            call.slept = may_sleep and thread_sleeps() > before
            told = self._told(call, error)
            self.recorder.end(call, self._passing(call), error=error_name(told))
            if call.who == "you":
                self.recorder.faults.ended(call.name, call.fd)
            try:
                if told is error:
                    raise
                raise told from None
            finally:
                del told  # in this frame it would be in a cycle, and keep open what the learner's frames hold
        if call.name in ("getsockopt", "connect_ex") and result in BROKEN:  # SO_ERROR: no other option has these values
            result = getattr(self._told(call, OSError(result, "")), "errno", result)
        call.slept = may_sleep and thread_sleeps() > before
        if call.name == "connect_ex" and result:
            name = errno.errorcode.get(result, str(result))
            self.recorder.end(call, name, error=name)
        else:
            if call.name == "poll" and isinstance(result, list):
                text = events_text(result, self.recorder)
            else:
                text = call.result or text_of(result, self.recorder)
            text = f"{text} {self._passing(call)}".rstrip()
            copied = size if size >= 0 else _copied(result) if call.name in READ + WRITE else -1
            self.recorder.end(call, text, copied=copied)
        if call.who == "you":
            self.recorder.faults.ended(call.name, call.fd)
        return result

    def wait(
        self, call: Call | None, work: Callable[[Any], Any], until: Until, limit: Any, unit: float, per_second: int = 1
    ) -> Any:
        """Make a wait with a limit, work(limit); in a silence of the suite's, that time may pass at once.

        `until` sleeps for what the wait is for; `limit` is given in one `per_second`-th of a second; the kernel
        counts in `unit`, in seconds.
        """
        silence = self.recorder.silence
        if silence is None or call is None or call.who != "you" or type(limit) not in (int, float) or not limit > 0:
            return work(limit)
        found = work(0)
        if any(found):
            return found
        waited = self._waited(silence, call, _seconds(limit / per_second, unit), until)
        return work(limit if waited is None else 0)

    def until_timeout(self, call: Call | None, sock: socket.socket, look: int, work: Callable[[], Any]) -> Any:
        """Make a call that waits for as long as the socket's timeout; in a silence, that time may pass at once.

        `look` is what tells that it need not wait, where it would have to; Python reports a timeout of its own as
        a TimeoutError without a number.
        """
        silence, limit = self.recorder.silence, timeout_of(sock)
        if silence is None or call is None or call.who != "you" or call.ready is not False or not limit:
            return work()
        until = functools.partial(ready_or_woken, {call.fd: look})
        if self._waited(silence, call, _seconds(limit, 1e-3), until):
            raise TimeoutError("timed out")
        return work()

    def _waited(self, silence: Silence, call: Call, seconds: float, until: Until) -> bool | None:
        """Whether the limit of a wait has passed in a silence; None if the call has to wait by itself."""
        self.recorder.mark("off")
        waited = silence.wait(seconds, until)
        self.recorder.mark("on")
        if waited is None:
            return None
        over, at_once = waited
        if at_once:
            self._passed[call.number] = at_once
        return over

    def _passing(self, call: Call) -> str:
        """What is said of a wait whose time passed at once."""
        seconds = self._passed.pop(call.number, 0.0)
        return f"after {seconds:,.3f} s, which passed at once" if seconds else ""

    def _told(self, call: Call, error: BaseException) -> BaseException:
        """The error that the code under test sees: this one, or what the suite puts in its place."""
        if call.who != "you" or not isinstance(error, OSError) or not isinstance(error.errno, int):
            return error
        code = self.recorder.faults.told(call.name, call.fd, error.errno)
        call.forged = call.forged or code != error.errno
        return error if code == error.errno else OSError(code, os.strerror(code))


def _seconds(limit: Any, unit: float) -> float:
    """How long the kernel waits at least: whole units, and its slack (prctl(2), PR_SET_TIMERSLACK)."""
    return float(math.ceil(limit / unit)) * unit + SLACK


def _copied(result: Any) -> int:
    first = result[0] if isinstance(result, tuple) else result
    if isinstance(first, int):
        return first
    return len(first) if isinstance(first, bytes) else -1
