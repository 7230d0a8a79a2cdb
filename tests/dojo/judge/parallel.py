"""Several processes that judge at the same time, for proofs that judge thousands of answers."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from dojo.judge.remote import Remote

Result = TypeVar("Result")


class Judges:
    """Who has work for one of them says so, and gets the result later; close them in the end."""

    def __init__(self) -> None:
        # More than there are processors, because an answer that hangs takes its two seconds asleep.
        count = 2 * (os.cpu_count() or 1)
        self._all = [Remote() for _ in range(count)]
        self._free: queue.SimpleQueue[Remote] = queue.SimpleQueue()
        for judge in self._all:
            self._free.put(judge)
        self._pool = ThreadPoolExecutor(count)

    def submit(self, work: Callable[[Remote], Result]) -> Future[Result]:
        """Call `work` with the first of them that is free, in the order of the calls."""

        def done() -> Result:
            judge = self._free.get()
            try:
                return work(judge)
            finally:
                self._free.put(judge)

        return self._pool.submit(done)

    def close(self) -> None:
        """End all processes; what is under way is waited for, and nothing else is begun."""
        self._pool.shutdown(cancel_futures=True)
        for judge in self._all:
            judge.close()
