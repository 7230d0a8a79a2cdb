"""6.1 event loop turn: one wait, then what was ready at its end, and nothing that came later.

Python documentation, asyncio event loop: call_soon() runs callbacks "at the next
iteration", in the order in which they were added. A loop that ran on until its queue
is empty might never look at the sockets again: a callback that adds itself is enough.
heapq, "Priority Queue Implementation Notes": entries of the same priority need a
count between it and the task, for functions and handles cannot be compared.
"""

import heapq
import itertools
import selectors
from collections import deque
from collections.abc import Callable


class Handle:
    """A callback that is to be run, and can be cancelled before."""

    def __init__(self, fn: Callable[..., object], args: tuple[object, ...]) -> None:
        self.fn, self.args = fn, args
        self.cancelled = False

    def cancel(self) -> None:
        """Do not run it any more; a callback that has run, or is cancelled already, stays as it is."""
        self.cancelled = True


class EventLoop:
    """A queue of callbacks, timers, and a selector to wait in."""

    def __init__(self, selector: selectors.BaseSelector, clock: Callable[[], float]) -> None:
        """Take the caller's selector, and a clock that says the time in seconds and never goes back."""
        self._selector, self._clock = selector, clock
        self._queue: deque[Handle] = deque()
        self._timers: list[tuple[float, int, Handle]] = []
        self._count = itertools.count()

    def call_soon(self, fn: Callable[..., object], *args: object) -> None:
        """Run fn(*args) in the next turn."""
        self._queue.append(Handle(fn, args))

    def call_later(self, delay: float, fn: Callable[..., object], *args: object) -> Handle:
        """Run fn(*args) in the first turn after `delay` seconds, which may be 0."""
        handle = Handle(fn, args)
        # The count decides between equal times, so that the handles are never compared, and keeps the order.
        heapq.heappush(self._timers, (self._clock() + delay, next(self._count), handle))
        return handle

    def run_once(self) -> None:
        """Go through one turn. Raises what a callback raises."""
        for key, mask in self._selector.select(self._timeout()):
            # The callback waits its turn like the others: it stands behind what was queued before.
            self._queue.append(Handle(key.data, (key.fileobj, mask)))
        # The time is asked for anew: most of a turn goes by in select(). And select() may
        # well have come back early, for a socket: who is not due yet stays where it is.
        now = self._clock()
        while self._timers and self._timers[0][0] <= now:
            self._queue.append(heapq.heappop(self._timers)[2])
        # The length is taken before the first callback runs: what they add stays for the next turn.
        for _ in range(len(self._queue)):
            # Taken out before it runs: if it raises, those behind it are still in the queue. A socket
            # among them may be reported once more by then, which is no news: readiness is only a hint.
            handle = self._queue.popleft()
            # Asked here and not before: an earlier callback of this turn may have cancelled it.
            if not handle.cancelled:
                handle.fn(*handle.args)

    def _timeout(self) -> float | None:
        if self._queue:
            return 0
        # A cancelled timer would wake us for nothing. One that is not the earliest can stay: it wakes nobody.
        while self._timers and self._timers[0][2].cancelled:
            heapq.heappop(self._timers)
        if not self._timers:
            return None
        # It may be overdue by now, and a wait of less than nothing is none.
        return max(0.0, self._timers[0][0] - self._clock())
