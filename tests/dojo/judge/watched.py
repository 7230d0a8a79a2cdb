"""Whether a process that works for this one gets on: a test may stop the process that judges it."""

from __future__ import annotations

import os
import signal

from dojo.core import processes

LOOK_AT_WORKER = 0.2  # seconds between two looks
STOPS = 5  # times that it is continued while it works on one test
STILL_LOOKS = 20  # looks in a row at which it has not moved, and should have: who judges wakes up twenty times a second
BLIND = 300  # looks, where the system shows no states


class Watched:
    """One process, while it works on one test."""

    def __init__(self, pid: int) -> None:
        """Watch the process `pid`."""
        self._pid = pid
        self.begin()

    def begin(self) -> None:
        """It begins to work on a test."""
        self._stops = self._still = self._looks = 0
        self._switches = -1

    def is_lost(self) -> bool:
        """Look at it, and continue it if it is stopped; True once that has been of no use."""
        state, switches = processes.progress(self._pid)
        self._looks += 1
        if state == "T":
            os.kill(self._pid, signal.SIGCONT)
            self._stops += 1
        moved = switches != self._switches
        self._switches = switches
        # Who is in the queue for a processor, or in the middle of a call on a disk, cannot help it.
        self._still = self._still + 1 if state in ("S", "t") and not moved else 0
        return self._stops > STOPS or self._still > STILL_LOOKS or (not state and self._looks > BLIND)
