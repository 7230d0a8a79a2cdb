"""6.2 coroutine waits for readiness

A coroutine can stop in the middle and go on from there later. Many of them can share a
thread, if somebody resumes each one when the socket that it waits for is readable.

Write Task and Scheduler.
- spawn(coro) returns the task of a coroutine, and runs nothing of it. Only run_once()
  runs tasks.
- `await scheduler.readable(sock)` always suspends the coroutine, also if something can be
  read already. While it waits, and no longer, its socket is registered with the selector,
  for READ. One task at a time waits for a socket. If a socket cannot be watched, the
  `await` raises.
- run_once(timeout) asks the selector for what is ready. It waits until something is, at
  most `timeout` seconds (None: without a limit), and not at all if a task can go on
  already, as a new one can. Then each task that can go on does, up to its next wait,
  also if its socket has only just become ready.
- A task is done when its coroutine has returned (result) or raised (error). An Exception
  or CancelledError ends its own task and nothing else. Any other BaseException (Ctrl-C)
  ends its task and propagates; the other tasks go on in the next run_once().
- cancel(task) raises asyncio.CancelledError where the coroutine waits, at once or in the
  next run_once(). The coroutine may clean up, and wait while it does, or catch it and go
  on. A coroutine that has not begun never begins. A task that is done stays as it is.
Document: one line of it names asynchronous I/O; this is what that takes, beyond it.
"""

import selectors
import socket
from collections.abc import Awaitable, Coroutine
from typing import Any


class Task:
    """A coroutine that a scheduler runs, and what came of it."""

    done: bool
    result: Any  # None until it has returned
    error: BaseException | None  # None unless it has raised


class Scheduler:
    """Runs coroutines in the thread that calls run_once()."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        """Take the selector to wait in; it is the caller's, who also closes it."""
        raise NotImplementedError

    def spawn(self, coro: Coroutine[Any, Any, Any]) -> Task:
        """Take a coroutine that has not begun, and return its task."""
        raise NotImplementedError

    def cancel(self, task: Task) -> None:
        """Raise asyncio.CancelledError in the task's coroutine, at once or in the next run_once()."""
        raise NotImplementedError

    def run_once(self, timeout: float | None) -> None:
        """Wait at most `timeout` seconds, and let every task go on that can.

        Of what a task raises, only KeyboardInterrupt and its like propagate.
        """
        raise NotImplementedError

    def readable(self, sock: socket.socket) -> Awaitable[None]:
        """What a coroutine of this scheduler awaits until the socket can be read, or is at its end."""
        raise NotImplementedError
