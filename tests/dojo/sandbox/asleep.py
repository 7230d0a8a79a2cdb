"""Whether a test's process sleeps for good: then it is HUNG at once, and its deadline need not pass.

The process that judges decides, by what the kernel tells of the test's process and of nobody else. The
tape does not count: code under test can write to it, and a call that is not on it would not be seen. So

- *every thread sleeps in a call that has no limit*: /proc/PID/task/TID/syscall (proc(5)) gives the call and
  its arguments. State S alone says nothing: a thread that waits for the interpreter lock shows it, too. But
  that wait has a limit, as every wait has that a timer would end, and counts as running;
- *all of them at the same time*: between two looks no thread has been on a processor (how often each has left
  one is in its status file), so at one moment at least all slept, and none was left to wake another;
- *nobody else can wake them*: no child, no orphan, no tracer, no timer of the process's own, no descriptor but
  sockets and pipes of its own, and no byte under way between them: see wakers.py. A third look afterwards
  finds all of them as they were.

One thread may be awake: the suite's main thread, where it looks, time and again, for a state of the kernel's
and does nothing else (wait_until() in dojo.suite.observers says so in shared memory). It has looked since
the others fell asleep, and will find the same for ever.

What is not known counts as awake: the call, the machine, the system. Then the deadline decides.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from dojo.sandbox.wakers import Waker, Wakers
from dojo.tape.shared_memory import SharedMemory

AGAIN = 0.01  # seconds until the next look at a process that was found asleep
MOST_THREADS = 64  # that are looked at: with more, the deadline decides
LOOKS, LOOKED = "looks", 2  # so many of the suite's since the others fell asleep: the first may have begun before

Rule = Callable[[list[int]], bool]  # of the arguments of a system call: whether it waits without a limit


def _always(args: list[int]) -> bool:
    return True


def _negative(place: int) -> Rule:
    return lambda args: bool(args[place] & 0x80000000)  # an int: milliseconds


def _null(place: int) -> Rule:
    return lambda args: args[place] == 0  # a pointer to the limit


def _futex(args: list[int]) -> bool:
    """FUTEX_WAIT or FUTEX_WAIT_BITSET, private to this process, without a limit: futex(2)."""
    return args[1] & 0x7F in (0, 9) and bool(args[1] & 0x80) and args[3] == 0


ON_A_DESCRIPTOR = ("read", "write", "recvfrom", "recvmsg", "sendto", "sendmsg", "accept", "accept4")
RULES: dict[str, Rule] = {
    **dict.fromkeys(ON_A_DESCRIPTOR, _always),
    "poll": _negative(2), "ppoll": _null(2), "select": _null(4), "pselect6": _null(4),
    "epoll_wait": _negative(3), "epoll_pwait": _negative(3), "futex": _futex,
}  # fmt: skip
NUMBERS = {
    "x86_64": {
        "read": 0, "write": 1, "recvfrom": 45, "recvmsg": 47, "sendto": 44, "sendmsg": 46, "accept": 43,
        "accept4": 288, "poll": 7, "ppoll": 271, "select": 23, "pselect6": 270, "epoll_wait": 232,
        "epoll_pwait": 281, "futex": 202,
    },
    "aarch64": {
        "read": 63, "write": 64, "recvfrom": 207, "recvmsg": 212, "sendto": 206, "sendmsg": 211, "accept": 202,
        "accept4": 242, "ppoll": 73, "pselect6": 72, "epoll_pwait": 22, "futex": 98,
    },
}  # fmt: skip
NAMES = {number: name for name, number in NUMBERS.get(os.uname().machine, {}).items() if sys.maxsize > 1 << 32}

Look = dict[int, tuple[str, ...]]  # of each thread: what changes as soon as it runs


class Asleep:
    """Looks at one process, the child `pid`, until it is proven to sleep for good, or its test is over."""

    def __init__(self, pid: int, ended: int, memory: SharedMemory, wakers: Wakers) -> None:
        """`ended` is its pidfd."""
        self._pid, self._ended, self._memory, self._wakers = pid, ended, memory, wakers
        self._before: Look | None = None
        self._looked = 0  # how often the suite had, at the look before
        self._possible = hasattr(os, "pidfd_open") and bool(NAMES)
        self.for_good = False

    def look(self) -> bool:
        """Look once more, and set `for_good` if it is proven now; whether it is worth while to look again soon."""
        if not self._possible:
            return False
        now, looked = self._look(), self._memory.looked[1]
        if now is None or now != self._before:
            self._before, self._looked = now, looked
            return now is not None
        if now[self._pid][0] == LOOKS and looked < self._looked + LOOKED:
            return True
        try:
            self.for_good = self._wakers.none(self._ended) and self._look() == now
        except (Waker, OSError, ValueError, IndexError):  # what cannot be seen may come at any time, too
            self._possible = False
        return False

    def _look(self) -> Look | None:
        """What each thread sleeps in; None if one is awake, or may wake up by itself."""
        found: Look = {}
        try:
            tasks = os.listdir(f"/proc/{self._pid}/task")
            if len(tasks) > MOST_THREADS:
                return None
            for name in tasks:
                thread = int(name)
                slept = self._sleep(Path(f"/proc/{self._pid}/task/{name}"))
                if slept is None and thread == self._pid and (number := self._memory.looked[0]):
                    slept = LOOKS, str(number)
                if slept is None:
                    return None
                found[thread] = slept
        except (OSError, ValueError, KeyError, IndexError):  # a thread has just ended, or is not to be seen
            return None
        return found if self._pid in found else None

    def _sleep(self, task: Path) -> tuple[str, ...] | None:
        """What changes as soon as this thread runs; None if it does, or if its call has a limit or is not known."""
        status = dict(
            line.split(":\t", 1) for line in task.joinpath("status").read_text().splitlines() if ":\t" in line
        )
        if status["State"][0] != "S":
            return None
        number, *args = task.joinpath("syscall").read_text().split()
        name = NAMES.get(int(number) if number.isdigit() else -1)  # "running" is none
        values = [int(one, 16) for one in args]
        if name is None or not RULES[name](values):
            return None
        if name in ON_A_DESCRIPTOR and not self._wakers.is_ours(values[0]):
            return None
        return status["voluntary_ctxt_switches"], status["nonvoluntary_ctxt_switches"], number, *args
