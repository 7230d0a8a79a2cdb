"""Throws at once, and later resumes the same task for an event of the same batch.

caught by: test_one_may_cancel_another_that_is_ready_too
words: the other one was cancelled before it went on, and its event resumed it all the same
"""

import asyncio
import selectors
import types
from collections import deque


class Task:
    def __init__(self, coro):
        self.coro = coro
        self.cancelling = False
        self.done = False
        self.result = None
        self.error = None

    def step(self):
        try:
            if self.cancelling:
                self.cancelling = False
                self.coro.throw(asyncio.CancelledError())
            else:
                self.coro.send(None)
        except StopIteration as end:
            self.done, self.result = (True, end.value)
        except (Exception, asyncio.CancelledError) as error:
            self.done, self.error = (True, error)


class Scheduler:
    def __init__(self, selector):
        self._selector = selector
        self._ready = deque()
        self._running = None

    def spawn(self, coro):
        task = Task(coro)
        self._ready.append(task)
        return task

    def cancel(self, task):
        if task.done:
            return
        if task in self._ready:
            self._ready.remove(task)
        task.cancelling, before = True, self._running
        self._running = task
        task.step()
        self._running = before

    def run_once(self, timeout):
        self._ready = deque((task for task in self._ready if not task.done))
        for key, _ in self._selector.select(0 if self._ready else timeout):
            self._ready.append(key.data)
        batch, self._ready = self._ready, deque()
        for self._running in batch:
            self._running.step()

    def _wake(self, task):
        if task not in self._ready:
            self._ready.append(task)

    @types.coroutine
    def readable(self, sock):
        self._selector.register(sock, selectors.EVENT_READ, self._running)
        try:
            yield
        finally:
            self._selector.unregister(sock)
