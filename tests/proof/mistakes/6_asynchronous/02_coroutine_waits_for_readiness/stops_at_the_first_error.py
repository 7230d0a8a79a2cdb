"""Catches what a cancelled task raises and nothing else: an error of one task ends the scheduler.

caught by: test_an_error_ends_its_own_task_alone
words: an error of one task propagated from run_once(), and stopped all the others
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
        except asyncio.CancelledError as error:
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
        task.cancelling = True
        self._wake(task)

    def run_once(self, timeout):
        self._ready = deque((task for task in self._ready if not task.done))
        for key, _ in self._selector.select(0 if self._ready else timeout):
            self._wake(key.data)
        for _ in range(len(self._ready)):
            self._running = self._ready.popleft()
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
