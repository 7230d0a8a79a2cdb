"""When the code under test rests: it has done what there was to do, and sleeps in the kernel again.

No single look can tell. Between two calls a thread sleeps for a moment, a byte may be
under way, and whoever waits for the interpreter lock sleeps, too. So:

- *Several looks on end.* Every thread but the suite's sleeps (state S in /proc, proc(5)),
  none has run for a nanosecond since the look before (schedstat), and no call was begun
  or has ended. A thread that fell asleep and woke up between two looks has run.
- *The interpreter lock.* The suite gives it away between two looks. A thread that waits
  for it then takes it, and has run, or is runnable, which is another state than S: on a
  busy machine, too, it is never taken for one that rests.
- *Naps.* Who looks at something ten times a second sleeps, too, and on a slow machine there
  may be no room for several looks between two of its naps. So it rests after some naps on
  end, each of them asked for and slept to its end, with next to nothing between them.
- *What is on its way.* What one end has sent may reach the other end a little later, and
  wake it up again. So comes() does not give up before that is there or lost (overdue), nor
  before so many looks: on a busy machine both a look and the kernel's own threads
  (ksoftirqd) wait for a processor, and a fixed time would be short.

What runs beside it makes it slower to see that the code rests, and never sooner.
Without /proc, or where looking there could take the last descriptor from the code under
test, the tape is the only witness: it rests if it was seen in the same calls all the while.
"""

from __future__ import annotations

import os
import re
import resource
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from dojo.sandbox import child
from dojo.sandbox.findings import Finding
from dojo.suite.observers.threads import asleep_in, run_time, state
from dojo.suite.observers.waits import overdue, wait_until
from dojo.tape.call import Call
from dojo.tape.recorder import MOST_CALLS

WAITS = ("selector.select", "select", "poll", "control")  # for several sockets at once
LOOKS = 20  # in so many looks nothing has changed: it rests
PATIENT = 200  # looks, where the kernel may keep a small piece back until the one before is acknowledged (Nagle)
NAP = 0.01  # seconds: whoever asks for a wait of so long, and for nothing else, sleeps most of the time
NAPS = 5  # on end: it rests
BETWEEN = 8  # calls at most between two of them
BUSY = 3000  # calls in which what was waited for has not come
FREE_DESCRIPTORS = 4  # descriptors that have to be free for a look into /proc
TASKS = Path("/proc/self/task")
TIMED = Path("/proc/self/schedstat").exists()
_monotonic = time.monotonic  # the real one, also where a suite lets time pass
STUCK = 5  # looks in which one call was found asleep
ONE_WAITS = "a call waited for one client, and the others were not served meanwhile"


class Server(Protocol):
    """What runs in the background, and shall go on: see Running."""

    def check(self) -> None:
        """Raise what ended it."""


class Naps:
    """The waits of the code's that ended by their own limit, as the tape tells of them."""

    def __init__(self, under_way: list[Call]) -> None:
        """Count from now on; these calls have not ended yet."""
        self.on_end = 0  # with next to nothing between them
        self._between = 0
        self._open = list(under_way)

    def take(self, new: list[Call]) -> None:
        """These calls have begun since the last time; those of them that have ended, and of the earlier ones, count."""
        calls = self._open + new
        self._open = [call for call in calls if call.ended is None]
        for call in calls:
            if call.ended is None or call.name == "selector.select":  # what it asks of the kernel is a call of its own
                continue
            idle = call.name == "sleep" or (call.name in WAITS and call.result in ("[]", "[], [], []"))
            if idle and limit_of(call) >= NAP:
                self.on_end, self._between = self.on_end + 1, 0
            else:
                self._between += 1
                self.on_end = self.on_end if self._between <= BETWEEN else 0


class Rest:
    """A condition for wait_until(): the code under test rests."""

    def __init__(self, looks: int = LOOKS, *, timers: bool = True, busy: int = 0) -> None:
        """Count from now on.

        `looks`: in so many looks on end nothing has changed; `timers`: whoever sleeps until
        some time rests, too; `busy`: so many calls are a busy loop, which is raised as a Finding.
        """
        self.looks = 0  # so far
        self.turns = self.calls = 0  # waits for several sockets, and other calls, that have begun
        self.idle = self.idle_looks = 0  # waits since the last other call, and looks since then
        self._looks, self._timers, self._busy = looks, timers, busy
        self._tape = child.here.recorder.calls
        self._seen = len(self._tape)
        self._under_way = [call for call in self._tape[-50:] if call.who == "you" and call.ended is None]
        self._naps = Naps(self._under_way)
        self._asleep: Counter[int] = Counter()  # in how many looks a call was found asleep
        self._before: tuple[dict[str, int], list[int]] | None = None
        self._same = 0

    def __call__(self) -> bool:
        """Look once more, and say whether it rests."""
        new = [call for call in self._tape[self._seen :] if call.who == "you"]
        self._seen = len(self._tape)
        self.looks, self.idle_looks = self.looks + 1, self.idle_looks + 1
        for call in new:
            if call.name in WAITS:
                self.turns, self.idle = self.turns + 1, self.idle + 1
            else:
                self.calls += 1
                self.idle = self.idle_looks = 0
        if self._seen >= MOST_CALLS:  # the tape is full, and tells of no more turns
            self.turns, self.idle = self.turns + 1, self.idle + 1
        if self._busy and self.turns + self.calls > self._busy:
            raise Finding(
                "nothing was left to do, and your code went on calling: a busy loop", "it should sleep", "it turned"
            )
        self._under_way = [call for call in self._under_way + new if call.ended is None]
        self._naps.take(new)
        ran = None if new else self._run_times()
        now = None if ran is None else (ran, [call.number for call in self._under_way])
        self._same = self._same + 1 if now is not None and now == self._before else 0
        self._before = now
        if self._timers and self._naps.on_end >= NAPS * max(1, self._looks // LOOKS):  # more looks, more naps
            return True
        return self._same >= self._looks and (self._timers or not self._until_some_time())

    def stuck(self) -> Call | None:
        """The call on one socket in which a thread was found asleep time and again."""
        for call in self._under_way if _may_look() else []:
            if call.name not in (*WAITS, "sleep") and call.ready is not None and asleep_in(call):
                self._asleep[call.number] += 1
                if self._asleep[call.number] > STUCK:
                    return call
        return None

    def _run_times(self) -> dict[str, int] | None:
        """How long each other thread has run so far, or nothing where that cannot be seen; None if one is awake."""
        if not TASKS.exists():
            return {}
        if not _may_look():
            return {} if self._under_way else None
        return _run_times()

    def _until_some_time(self) -> bool:
        """Whether a thread sleeps in a wait that has, or may have, a limit."""
        waits = [call for call in self._tape if call.ended is None and call.who == "you"]
        return any(call.name == "sleep" or (call.name in WAITS and not _has_no_limit(call)) for call in waits)


def comes(
    condition: Callable[[], object],
    what: str,
    looks: int = LOOKS,
    *,
    timers: bool = True,
    busy: int = 0,
    turns: int | None = None,
    calls: int | None = None,
    idle: int | None = None,
    stuck: str = "",
    serving: Iterable[Server] = (),
) -> bool:
    """Wait for a condition, and say whether it has come: it has not when the code under test rests before.

    `what` completes "the test still waits for ...". `looks`, `timers` and `busy`: see Rest.
    `turns` and `calls`: it has not come either after so many waits of the code's for several
    sockets, or so many other calls; `idle`: nor after so many waits on end.
    `stuck`: words for a call that sleeps for the sake of one socket, which is a finding then.
    `serving`: what ended one of these is raised.
    """
    rest = Rest(looks, timers=timers, busy=busy)
    since = _monotonic()

    def over() -> bool:
        if condition():
            return True
        rests = rest()
        call = rest.stuck() if stuck else None
        if call is not None:
            raise Finding(stuck, "no call should wait", f"{call.text} waits, at line {call.line}")
        for server in serving:
            try:
                server.check()
            except BaseException:
                if condition():  # it has ended since the look at the condition, which may be just that
                    return True
                raise
        turned = (turns is not None and rest.turns > turns) or (calls is not None and rest.calls > calls)
        idles = idle is not None and rest.idle > idle and rest.idle_looks > 2 * looks
        return (rests or idles or (turned and rest.looks > looks)) and overdue(since)

    wait_until(over, what)
    return bool(condition())


def _may_look() -> bool:
    """Whether there are descriptors enough: the next one is the lowest that is free, and the highest go last."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    for highest in range(limit - FREE_DESCRIPTORS, limit):
        try:
            os.fstat(highest)
        except OSError:
            continue
        return False
    return True


def _run_times() -> dict[str, int] | None:
    """How long each thread but this one has run so far, if all of them sleep; None otherwise."""
    ran: dict[str, int] = {}
    me = str(threading.get_native_id())
    try:
        for thread in os.listdir(TASKS):
            if thread != me:
                if state(TASKS / thread) != "S":
                    return None
                ran[thread] = run_time(int(thread)) if TIMED else 0
    except OSError:  # a thread has just ended
        return None
    return ran


def limit_of(call: Call) -> float:
    """Seconds after which a wait for several sockets, or a sleep, ends by itself; 0 for none, or at once."""
    numbers = re.findall(r"(?:^|[ =(])(-?[0-9.]+(?:e-?[0-9]+)?)(?=$|[,)])", call.args)
    if not numbers or call.name not in (*WAITS, "sleep") or call.name == "control":
        return 0.0
    # epoll's second argument is a number of events; poll objects alone count in milliseconds.
    limit = max(float(numbers[0] if call.name == "poll" else numbers[-1]), 0.0)
    return limit / 1000 if call.name == "poll" and call.target == "poll" else limit


def limits(calls: list[Call]) -> list[str]:
    """Those of these calls that limit a wait: a wait that ends by itself, or a timeout that is set."""
    timeouts = [call for call in calls if call.name == "settimeout" and call.args.strip("0.") not in ("", "None")]
    return [call.text for call in calls if call in timeouts or limit_of(call)]


def _has_no_limit(call: Call) -> bool:
    if call.name == "select":
        return call.args.endswith(("]", "None"))
    return not call.args or call.args.startswith(("-1", "None", "timeout=None")) or call.args.endswith(", None")
