"""Lets Ctrl-C out of run_once(), and the task that it has ended is never done.

caught by: test_an_interrupt_ends_its_task_and_propagates
words: KeyboardInterrupt ended the coroutine, and your task was not done
"""

import asyncio
import selectors
import socket
import types
from collections import deque
from collections.abc import Coroutine, Generator
from typing import Any


class Task:
    """A coroutine that a scheduler runs, and what came of it."""

    def __init__(self, coro: Coroutine[Any, Any, Any]) -> None:
        self.coro = coro
        self.cancelling = False  # whether its next step is the exception
        self.done = False
        self.result: Any = None
        self.error: BaseException | None = None

    def step(self) -> None:
        """Run it up to its next wait, or to its end."""
        try:
            if self.cancelling:
                self.cancelling = False
                # In a coroutine that has not begun this raises before its first line.
                self.coro.throw(asyncio.CancelledError())
            else:
                self.coro.send(None)
        except StopIteration as end:
            self.done, self.result = True, end.value
        except (Exception, asyncio.CancelledError) as error:
            self.done, self.error = True, error


class Scheduler:
    """Runs coroutines in the thread that calls run_once()."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        """Take the selector to wait in; it is the caller's, who also closes it."""
        self._selector = selector
        self._ready: deque[Task] = deque()
        self._running: Task | None = None

    def spawn(self, coro: Coroutine[Any, Any, Any]) -> Task:
        """Take a coroutine that has not begun, and return its task."""
        task = Task(coro)
        self._ready.append(task)
        return task

    def cancel(self, task: Task) -> None:
        """Raise asyncio.CancelledError in the task's coroutine, at once or in the next run_once()."""
        # Not thrown here: the caller may be a task itself, in the middle of its own step. One that is done
        # has no next step, and run_once() lets it drop.
        task.cancelling = True
        self._wake(task)

    def run_once(self, timeout: float | None) -> None:
        """Wait at most `timeout` seconds, and let every task go on that can.

        Of what a task raises, only KeyboardInterrupt and its like propagate.
        """
        # Who was cancelled may be done all the same: it was before, or it has cancelled itself and then returned.
        self._ready = deque(task for task in self._ready if not task.done)
        for key, _ in self._selector.select(0 if self._ready else timeout):
            self._wake(key.data)
        # As many as there are now: who waits again, or is new, has its turn in the next round. Each leaves the
        # queue just before its step: if that is interrupted, the others are still in it.
        for _ in range(len(self._ready)):
            self._running = self._ready.popleft()
            self._running.step()

    def _wake(self, task: Task) -> None:
        # Cancelled while its socket is ready: that is one step, not two.
        if task not in self._ready:
            self._ready.append(task)

    @types.coroutine
    def readable(self, sock: socket.socket) -> Generator[None, None, None]:
        """What a coroutine of this scheduler awaits until the socket can be read, or is at its end."""
        # This runs inside the task, at its `await`: there an error of register() belongs.
        self._selector.register(sock, selectors.EVENT_READ, self._running)
        try:
            yield
        finally:
            # Resumed or cancelled, it waits no longer. A socket that stays registered would be
            # reported again and again, and the next wait for it would be a KeyError.
            self._selector.unregister(sock)
