"""Finishes the turn in spite of an error, and raises the first one then: those of other callbacks are lost.

caught by: test_a_second_error_of_the_same_turn_is_not_lost
words: two callbacks raised, and your loop did not raise both errors
"""

import heapq
import selectors
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(order=True)
class Entry:
    when: float
    number: int
    fn: Callable[..., object] | None = field(compare=False)
    args: tuple[object, ...] = field(compare=False)

    def cancel(self) -> None:
        self.fn = None


class EventLoop:
    def __init__(self, selector: selectors.BaseSelector, clock: Callable[[], float]) -> None:
        self._selector, self._clock = selector, clock
        self._ready: deque[Entry | None] = deque()
        self._heap: list[Entry] = []
        self._number = 0

    def _entry(self, delay: float, fn: Callable[..., object], args: tuple[object, ...]) -> Entry:
        self._number += 1
        return Entry(self._clock() + delay, self._number, fn, args)

    def call_soon(self, fn: Callable[..., object], *args: object) -> None:
        self._ready.append(self._entry(0, fn, args))

    def call_later(self, delay: float, fn: Callable[..., object], *args: object) -> Entry:
        entry = self._entry(delay, fn, args)
        heapq.heappush(self._heap, entry)
        return entry

    def run_once(self) -> None:
        times = [entry.when for entry in self._heap if entry.fn is not None]
        timeout = 0.0 if self._ready else max(0.0, min(times) - self._clock()) if times else None
        for key, mask in self._selector.select(timeout=timeout):
            self.call_soon(key.data, key.fileobj, mask)
        while self._heap and self._heap[0].when <= self._clock():
            self._ready.append(heapq.heappop(self._heap))
        self._ready.append(None)
        errors = []
        while (entry := self._ready.popleft()) is not None:
            try:
                if entry.fn is not None:
                    entry.fn(*entry.args)
            except Exception as error:
                errors.append(error)
        for first in errors:
            raise first
