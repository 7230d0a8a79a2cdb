"""6.1 event loop turn

An event loop goes round and round, and each turn is the same: wait, see what is due,
run it. The EventLoop below does that, and is wrong in several places. Fix it.

call_soon(fn, *args) puts a callback at the end of the queue. call_later(delay, fn,
*args) does so once `delay` seconds have passed, unless the handle that it returns is
cancelled, at any time before the callback runs. clock() says what time it is.

run_once() is one turn:
- Ask the selector once. It may wait
    not at all         with a callback in the queue
    until it is due    with a timer, the earliest that is not cancelled
    without a limit    with neither
- Put the callbacks of the sockets that are ready behind the queue, to be called as
  key.data(key.fileobj, mask). Put the timers that are due by now behind those: the
  earliest first, and those of the same time in the order of call_later().
- Run the queue as it is. What these callbacks add, and what becomes due meanwhile, is
  for the next turn.
- Every error of a callback propagates, one from each turn, also if two callbacks of the
  same turn raise. No other callback is lost by it.

Document: beyond it; the loop at the end of program 5 makes turns like this, without
queue and timers.
"""

import heapq
import selectors
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
        self._queue: list[Handle] = []
        self._timers: list[tuple[float, Handle]] = []

    def call_soon(self, fn: Callable[..., object], *args: object) -> None:
        """Run fn(*args) in the next turn."""
        self._queue.append(Handle(fn, args))

    def call_later(self, delay: float, fn: Callable[..., object], *args: object) -> Handle:
        """Run fn(*args) in the first turn after `delay` seconds, which may be 0."""
        handle = Handle(fn, args)
        heapq.heappush(self._timers, (self._clock() + delay, handle))
        return handle

    def run_once(self) -> None:
        """Go through one turn. Raises what a callback raises."""
        now = self._clock()
        timeout = None
        if self._timers:
            timeout = max(0.0, self._timers[0][0] - now)
        for key, mask in self._selector.select(timeout):
            self._queue.append(Handle(key.data, (key.fileobj, mask)))
        while self._timers and self._timers[0][0] <= now:
            self._queue.append(heapq.heappop(self._timers)[1])
        while self._queue:
            handle = self._queue.pop(0)
            if not handle.cancelled:
                handle.fn(*handle.args)
