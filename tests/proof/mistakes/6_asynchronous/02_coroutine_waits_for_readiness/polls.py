"""Asks in each round whether the socket is ready, and never lets the kernel wait for it.

caught by: test_while_it_waits_its_socket_is_registered
words: the task waited for its socket, and that was not registered for READ
"""

import asyncio
import select
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
        task = self._running
        yield self._wake(task)
        while not select.select([sock], [], [], 0)[0]:
            yield self._wake(task)
