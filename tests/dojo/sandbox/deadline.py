"""Until when a test may run: its deadline, and the time that the machine took from it or from whoever judges it."""

from __future__ import annotations

import time

from dojo.core import processes

STARVED = 20.0  # seconds that a test may get at most which has had its share of a processor, or waits for its first
LOOK = 0.05  # seconds between two looks at what a test takes of the machine
AGAIN = 0.01  # seconds until the next look at one that wants to run and may not get to it
MOST = 20  # processes of a test that are looked at
WANTS = "RD"  # states of a thread that runs, or would if it could: proc_pid_stat(5)


class Patience:
    """The time that one test has.

    What counts is the time in which this process was awake: it may have been stopped, or
    frozen with all of its container, and then nobody got anywhere, for however long.
    """

    def __init__(self, pid: int, deadline: float) -> None:
        """Begin now, for the process `pid`; `deadline` is in seconds."""
        self.pid, self._deadline = pid, deadline
        self._wanted = False  # to run, at the last look
        self._stood_still = 0.0  # seconds in which this process did not run, and should have
        self._held = 0.0  # seconds in which the test was stopped, so that a crowd of its processes could be ended
        self._seen, self._ran = time.monotonic(), time.process_time()
        self.began = self._seen
        self.until = self.began + deadline

    @property
    def granted(self) -> float:
        """How much more than the deadline it is, in seconds."""
        return self.until - self.began - self._deadline

    @property
    def awake(self) -> float:
        """Seconds since the beginning in which this process did not stand still."""
        return time.monotonic() - self.began - self._stood_still

    def look(self) -> float:
        """The time (time.monotonic()), to be asked for every LOOK seconds: of a longer gap, only what we ran counts."""
        now, ran = time.monotonic(), time.process_time()
        still = now - self._seen - (ran - self._ran) - LOOK
        self._seen, self._ran = now, ran
        if still > LOOK:
            self._stood_still += still
            self.until += still
        return now

    def hold(self, seconds: float) -> None:
        """The test may have been stopped for so long, by us: that is not its time, up to STARVED seconds."""
        held = min(seconds, STARVED - self._held)
        self._held += held
        self.until += held

    def grows(self) -> bool:
        """Whether there is more time than there was thought to be."""
        queued, ran, wants = _look(self.pid)
        # Who has run for as long as a busy loop would have had its share, perhaps one of many processes that it has
        # started itself: they wait for one another, and that is not the machine's fault.
        waited = queued if ran < self._deadline else min(queued, STARVED)
        due = self.began + self._deadline + self._stood_still + self._held + waited
        until = due
        # A wait for a processor is counted only once it is over, and one for a lock of the kernel's never. Who would
        # run, and has not run for as long as a busy loop would have, is waited for, until two looks find it asleep:
        # one thread may just have woken the other.
        if (wants or self._wanted) and ran < self._deadline:
            until = min(max(until, time.monotonic() + AGAIN), due + STARVED)
        self._wanted = wants
        grown, self.until = until > self.until, max(until, self.until)
        return grown


def _look(pid: int) -> tuple[float, float, bool]:
    """How long a test was ready to run and got no processor, how long it has run, and whether it wants to run now.

    In seconds; the first is the longest of its threads, the second is of all of them
    together; nothing where the system does not tell. Such waits are the machine's
    fault, not the code's: who sleeps gathers none.
    """
    everybody = (pid, *processes.descendants([pid], MOST))
    threads = [one for process in everybody for one in processes.threads(process)]
    # Not the sum of the waits: those that want the interpreter lock one after the other may wait at the same time.
    longest = max((queued for *_, queued in threads), default=0.0)
    return longest, sum(busy for _, _, busy, _ in threads), any(state in WANTS for _, state, *_ in threads)
