"""Until when a test may run: its deadline, and the time that the machine took from it."""

from __future__ import annotations

import time

from dojo.core import processes

STARVED = 20.0  # seconds: so much longer a test may take at most while others have the processors
LOOK = 0.05  # seconds between two looks at what a test takes of the machine
AGAIN = 0.01  # seconds until the next look at one that wants to run and may not get to it
MOST = 20  # processes of a test that are looked at
WANTS = "RD"  # states of a thread that runs, or would if it could: proc_pid_stat(5)


class Patience:
    """The time that one test has."""

    def __init__(self, pid: int, deadline: float) -> None:
        """Begin now, for the process `pid`; `deadline` is in seconds."""
        self._pid, self._deadline = pid, deadline
        self._stalled = 0.0  # seconds in which nobody got anywhere: even this process woke up so much too late
        self._wanted = False  # to run, at the last look
        self.began = time.monotonic()
        self.until = self.began + deadline
        self._last = self.until + STARVED

    @property
    def granted(self) -> float:
        """How much more than the deadline it is, in seconds."""
        return self.until - self.began - self._deadline

    def woken(self, due: float) -> None:
        """Who was to wake up at `due` is awake."""
        late = time.monotonic() - due
        if late > LOOK:
            self._stalled += late

    def grows(self) -> bool:
        """Whether there is more time than there was thought to be."""
        queued, ran, wants = _look(self._pid)
        until = self.began + self._deadline + queued + self._stalled
        # A wait for a processor is counted only once it is over, and one for a lock of the kernel's never. Who would
        # run, and has not run for as long as a busy loop would have, is waited for, until two looks find it asleep:
        # one thread may just have woken the other.
        if (wants or self._wanted) and ran < self._deadline:
            until = max(until, time.monotonic() + AGAIN)
        self._wanted = wants
        until = min(until, self._last)
        grown, self.until = until > self.until, max(until, self.until)
        return grown


def _look(pid: int) -> tuple[float, float, bool]:
    """How long a test was ready to run and got no processor, how long it has run, and whether it wants to run now.

    In seconds; the first is the longest of its threads, the second is of all of them
    together; nothing where the system does not tell. Such waits are the machine's
    fault, not the code's: who sleeps gathers none.
    """
    threads = [one for process in (pid, *processes.descendants(pid, MOST)) for one in processes.threads(process)]
    # Not the sum of the waits: those that want the interpreter lock one after the other may wait at the same time.
    longest = max((queued for *_, queued in threads), default=0.0)
    return longest, sum(busy for _, _, busy, _ in threads), any(state in WANTS for _, state, *_ in threads)
