"""An awaitable object names its socket, the scheduler registers it, and cancel() throws on the spot."""

import asyncio
import selectors
import socket
from collections.abc import Coroutine, Iterator
from typing import Any


class Readable:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock

    def __await__(self) -> Iterator[socket.socket]:
        yield self.sock


class Task:
    def __init__(self, coro: Coroutine[Any, Any, Any]) -> None:
        self.coro = coro
        self.done, self.result = False, None
        self.error: BaseException | None = None
        self.waits_for: socket.socket | None = None


class Scheduler:
    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.new: list[Task] = []

    def spawn(self, coro: Coroutine[Any, Any, Any]) -> Task:
        self.new.append(Task(coro))
        return self.new[-1]

    def readable(self, sock: socket.socket) -> Readable:
        return Readable(sock)

    def cancel(self, task: Task) -> None:
        if not task.done:
            if task in self.new:
                self.new.remove(task)
            self._go_on(task, asyncio.CancelledError())

    def run_once(self, timeout: float | None) -> None:
        events = self.selector.select(0 if self.new else timeout)
        # By their number, and not until there are none: a task may spawn others, which begin in the next round.
        for _ in range(len(self.new)):
            if self.new:
                self._go_on(self.new.pop(0))
        for key, _ in events:
            if key.data.waits_for is key.fileobj:
                self._go_on(key.data)

    def _go_on(self, task: Task, error: BaseException | None = None) -> None:
        if task.waits_for is not None:
            self.selector.unregister(task.waits_for)
            task.waits_for = None
        try:
            sock = task.coro.throw(error) if error is not None else task.coro.send(None)
            task.waits_for = sock
            self.selector.register(sock, selectors.EVENT_READ, task)
        except StopIteration as end:
            task.done, task.result = True, end.value
        except (ValueError, KeyError, OSError) as failed:
            if task.waits_for is not None:
                task.waits_for = None
                self._go_on(task, failed)
            else:
                task.done, task.error = True, failed
        except (Exception, asyncio.CancelledError) as failed:
            task.done, task.error = True, failed
        except BaseException as failed:
            task.done, task.error = True, failed
            raise
