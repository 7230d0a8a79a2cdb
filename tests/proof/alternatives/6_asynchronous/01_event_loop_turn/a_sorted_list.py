"""Keeps the timers in a list, sorted when it is looked at, and takes a cancelled one out at once."""

import selectors
from collections.abc import Callable
from functools import partial


class Timer:
    def __init__(self, when: float, call: Callable[[], object], timers: list["Timer"]) -> None:
        self.when, self.call, self._timers = when, call, timers
        self.cancelled = False
        timers.append(self)
        timers.sort(key=lambda timer: timer.when)

    def cancel(self) -> None:
        self.cancelled = True
        if self in self._timers:
            self._timers.remove(self)

    def __call__(self) -> None:
        if not self.cancelled:
            self.call()


class EventLoop:
    def __init__(self, selector: selectors.BaseSelector, clock: Callable[[], float]) -> None:
        self.selector, self.clock = selector, clock
        self.soon: list[Callable[[], object]] = []
        self.timers: list[Timer] = []

    def call_soon(self, fn: Callable[..., object], *args: object) -> None:
        self.soon.append(partial(fn, *args))

    def call_later(self, delay: float, fn: Callable[..., object], *args: object) -> Timer:
        return Timer(self.clock() + delay, partial(fn, *args), self.timers)

    def run_once(self) -> None:
        timeout = None if not self.timers else self.timers[0].when - self.clock()
        ready = self.selector.select(0 if self.soon else timeout)
        now = self.clock()
        due = [timer for timer in self.timers if timer.when <= now]
        del self.timers[: len(due)]
        batch, self.soon = self.soon, []
        batch += [partial(key.data, key.fileobj, mask) for key, mask in ready]
        batch += due
        try:
            while batch:
                batch.pop(0)()
        finally:
            self.soon = batch + self.soon
