"""What a test may take of the machine: processes and memory."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection

from dojo.core import processes
from dojo.sandbox import memory
from dojo.sandbox.burying import Buried, given_up, groups, reap, send

MEMORY = 1 << 30  # bytes that a test and the processes that it starts may take
PROCESSES = 300  # that it may start
FEW = 20  # processes whose memory is added up at every look; that of more, at every tenth
SOME = 200  # descriptors, likewise
CROWD = 8  # orphans that may run beside it
ROUNDS = 20  # of ending more of them at one look


class Excess(Exception):
    """A test takes more of the machine than it may."""


class Bounds:
    """Whether one test keeps to what it may take; all that it starts descends from this process (Linux only)."""

    def __init__(self, test: int, waiting: Collection[int]) -> None:
        """`test` is its process; `waiting` are children of this one that do not belong to it, as what was given up."""
        self._test, self._keep = test, {test, *waiting, *given_up}
        self._looks = 0
        self._stopped = False
        self.buried = Buried()  # what had to be ended already

    def check(self) -> None:
        """Raise Excess if it takes too much. Orphans that have ended are reaped."""
        self._looks += 1
        self._end_a_crowd()
        if self._stopped:
            self._continue()
        started = [self._test, *reap(self._keep, self.buried)]
        everybody = started + processes.descendants(started, 2 * PROCESSES)
        if len(everybody) > PROCESSES and sum(map(_lives, everybody)) > PROCESSES:
            raise Excess(f"it has started more than {PROCESSES} processes")
        if self._looks % 10 and (len(everybody) > FEW or memory.count_descriptors(everybody) > SOME):
            return
        if (taken := memory.taken(everybody, MEMORY)) > MEMORY:
            raise Excess(f"it has taken {taken / (1 << 30):.1f} GiB of memory")

    def _end_a_crowd(self) -> None:
        """End what nobody in the test is the parent of any more, if it is many.

        Processes that fork and end without a pause would else keep the processors from the
        test itself, and from whoever is to end them. Those of the test's own group stand
        still meanwhile, the test among them: so none can fork before it is killed.
        """
        if len(self._orphans()) <= CROWD:
            return
        spare, killed = groups((os.getpid(), *self._keep)), set[int]()
        for group in groups([self._test]):
            os.killpg(group, signal.SIGSTOP)
        for _ in range(ROUNDS):
            there = self._orphans()
            there.update(processes.descendants(there))
            if there <= killed:
                break
            for pid in there - killed:
                send(pid, signal.SIGKILL, spare)
            killed |= there
        send(self._test, signal.SIGCONT, spare=())
        self._stopped = True

    def _continue(self) -> None:
        """Continue what the stop of the test's group has also stopped: who was about to leave it, or is newly forked.

        A process that is being forked gets the signals to its group, but not SIGCONT when that is ignored.
        """
        for pid in processes.descendants([self._test]):
            if processes.progress(pid)[0] == "T":
                send(pid, signal.SIGCONT, spare=groups([os.getpid()]))

    def _orphans(self) -> set[int]:
        return set(processes.children(os.getpid())).difference(self._keep)


def _lives(pid: int) -> bool:
    return processes.progress(pid)[0] not in ("Z", "X", "")
