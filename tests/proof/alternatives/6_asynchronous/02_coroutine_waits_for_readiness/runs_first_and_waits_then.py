"""A coroutine round each coroutine keeps its outcome; who can go on does, then the sockets are looked at."""

import asyncio
import selectors
import socket
from collections.abc import Coroutine, Iterator
from typing import Any


class Task:
    done = False
    result: Any = None
    error: BaseException | None = None
    begun = queued = cancelled = False

    def __init__(self, coro: Coroutine[Any, Any, Any]) -> None:
        self._coro = coro
        self.run = self._run()

    async def _run(self) -> None:
        self.begun = True
        try:
            self.result = await self._coro
        except (Exception, asyncio.CancelledError) as error:
            self.error = error
        except BaseException as error:
            self.error = error
            raise
        finally:
            self.done = True

    def never_begin(self) -> None:
        self.run.close()
        self._coro.close()
        self.done, self.error = True, asyncio.CancelledError()


class Readable:
    def __init__(self, scheduler: "Scheduler", sock: socket.socket) -> None:
        self.scheduler, self.sock = scheduler, sock

    def __await__(self) -> Iterator[None]:
        self.scheduler.selector.register(self.sock, selectors.EVENT_READ, self.scheduler.now)
        try:
            yield
        finally:
            self.scheduler.selector.unregister(self.sock)


class Scheduler:
    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.queue: list[Task] = []
        self.now: Task | None = None

    def spawn(self, coro: Coroutine[Any, Any, Any]) -> Task:
        task = Task(coro)
        self._add(task)
        return task

    def readable(self, sock: socket.socket) -> Readable:
        return Readable(self, sock)

    def cancel(self, task: Task) -> None:
        if task.begun and not task.done:
            task.cancelled = True
            self._add(task)
        elif not task.done:
            task.never_begin()

    def run_once(self, timeout: float | None) -> None:
        ran = self._round()
        for key, _ in self.selector.select(0 if ran else timeout):
            self._add(key.data)
        self._round()

    def _add(self, task: Task) -> None:
        if not task.queued:
            task.queued = True
            self.queue.append(task)

    def _round(self) -> int:
        number = len(self.queue)
        for _ in range(number):
            self.now = self.queue.pop(0)
            self.now.queued = False
            if self.now.done:
                continue
            cancelled, self.now.cancelled = self.now.cancelled, False
            try:
                if cancelled:
                    self.now.run.throw(asyncio.CancelledError())
                else:
                    self.now.run.send(None)
            except StopIteration:
                pass
        return number
