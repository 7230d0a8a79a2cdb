"""Wait for the process of one test: until it ends, or its time is over, or it takes too much; read what it prints."""

from __future__ import annotations

import os
import time

from dojo.core import processes
from dojo.sandbox import asleep
from dojo.sandbox.asleep import Asleep
from dojo.sandbox.deadline import LOOK, Patience
from dojo.sandbox.excess import Bounds
from dojo.sandbox.wakers import Wakers
from dojo.tape.shared_memory import SharedMemory

KEEP_OUTPUT = 16 * 1024  # bytes of output that are kept


class Interrupted(BaseException):
    """The run itself was ended from outside while a test was under way."""


class Attended:
    """One process, a child of this one, until somebody closes this."""

    def __init__(
        self,
        patience: Patience,
        bounds: Bounds,
        wakers: Wakers,
        memory: SharedMemory,
        reader: int,
        lifeline: int | None,
    ) -> None:
        """`reader` is what its output is read from; nobody waits for it any more when `lifeline` is readable."""
        self.patience, self.bounds, self.output = patience, bounds, bytearray()
        self._reader, self._lifeline = reader, lifeline
        self._ended = processes.exit_descriptor(patience.pid)
        self._sleeper = Asleep(patience.pid, self._ended, memory, wakers)

    @property
    def sleeps_for_good(self) -> bool:
        """Whether nothing will ever wake it."""
        return self._sleeper.for_good

    def wait(self) -> bool:
        """Wait for its end; False if its time is over, or it sleeps for good. Raises Excess and Interrupted."""
        while not (in_time := self._wait()):
            if self.sleeps_for_good or not self.patience.grows():
                break
        return in_time

    def has_ended(self) -> bool:
        """Whether it has ended by now."""
        return bool(processes.poll_for(self._ended).poll(0))

    def close(self) -> None:
        """Take the rest of its output, and let it be."""
        self._read()
        os.close(self._ended)
        os.close(self._reader)

    def _wait(self) -> bool:
        look = 0.0
        lifeline, patience = self._lifeline, self.patience
        poll = processes.poll_for(self._ended, self._reader, *([] if lifeline is None else [lifeline]))
        while True:
            now = patience.look()
            if now >= patience.until:
                return False
            if now >= look:
                if look:
                    looked = time.monotonic()
                    self.bounds.check()
                    patience.hold(time.monotonic() - looked)
                look = now + (asleep.AGAIN if look and self._sleeper.look() else LOOK)
                if self.sleeps_for_good:
                    return False
            for fd, _ in poll.poll(max(0, min(look, patience.until) - now) * 1000):
                if fd == self._ended:
                    return True
                if fd == lifeline:
                    raise Interrupted
                if not self._read():
                    poll.unregister(self._reader)

    def _read(self) -> bool:
        """Take what was printed; False once nothing more can come."""
        for _ in range(64):  # a flood must not keep us from looking at the clock
            try:
                data = os.read(self._reader, 65536)
            except BlockingIOError:
                return True
            if not data:
                return False
            self.output += data[: max(0, KEEP_OUTPUT - len(self.output))]
        return True
