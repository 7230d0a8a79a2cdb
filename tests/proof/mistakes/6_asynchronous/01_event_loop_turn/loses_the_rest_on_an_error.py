"""Takes the whole queue before it runs it: an error loses what was behind it.

caught by: test_an_error_propagates_and_nothing_else_is_lost
words: one callback raised, and others were lost or ran twice
"""

import heapq
import itertools
from collections import deque


class Handle:
    def __init__(self, fn, args):
        self.fn, self.args = (fn, args)
        self.cancelled = False

    def cancel(self):
        self.cancelled = True


class EventLoop:
    def __init__(self, selector, clock):
        self._selector, self._clock = (selector, clock)
        self._queue = deque()
        self._timers = []
        self._count = itertools.count()

    def call_soon(self, fn, *args):
        self._queue.append(Handle(fn, args))

    def call_later(self, delay, fn, *args):
        handle = Handle(fn, args)
        heapq.heappush(self._timers, (self._clock() + delay, next(self._count), handle))
        return handle

    def run_once(self):
        for key, mask in self._selector.select(self._timeout()):
            self._queue.append(Handle(key.data, (key.fileobj, mask)))
        now = self._clock()
        while self._timers and self._timers[0][0] <= now:
            self._queue.append(heapq.heappop(self._timers)[2])
        batch, self._queue = self._queue, deque()
        for handle in batch:
            if not handle.cancelled:
                handle.fn(*handle.args)

    def _timeout(self):
        if self._queue:
            return 0
        while self._timers and self._timers[0][2].cancelled:
            heapq.heappop(self._timers)
        if not self._timers:
            return None
        return max(0.0, self._timers[0][0] - self._clock())
