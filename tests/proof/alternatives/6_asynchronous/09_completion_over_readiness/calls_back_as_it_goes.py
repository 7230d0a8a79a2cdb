"""Calls back while it goes through the events, and looks each time whether the operation is still there."""

import asyncio
import contextlib
import errno
import selectors
import socket
from collections.abc import Callable
from functools import partial

Result = bytes | int | Exception
Done = Callable[[Result], object]


class Operation:
    def __init__(self, sock: socket.socket, event: int, step: Callable[["Operation"], Result | None], done: Done):
        self.sock, self.event, self.step, self.done = sock, event, step, done
        self.data = b""


def read_some(n: int, operation: Operation) -> Result | None:
    return operation.sock.recv(n)


def read_rest(n: int, operation: Operation) -> Result | None:
    piece = operation.sock.recv(n - len(operation.data))
    operation.data += piece
    if not piece:
        return asyncio.IncompleteReadError(operation.data, n)
    return operation.data if len(operation.data) == n else None


def write_rest(size: int, operation: Operation) -> Result | None:
    operation.data = operation.data[operation.sock.send(operation.data) :]
    return None if operation.data else size


class Completions:
    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.all: list[Operation] = []
        self.over: list[Callable[[], object]] = []

    def read(self, sock: socket.socket, n: int, done: Done) -> None:
        self.start(Operation(sock, selectors.EVENT_READ, partial(read_some, n), done))

    def read_exactly(self, sock: socket.socket, n: int, done: Done) -> None:
        self.start(Operation(sock, selectors.EVENT_READ, partial(read_rest, n), done))

    def write_all(self, sock: socket.socket, data: bytes, done: Done) -> None:
        operation = Operation(sock, selectors.EVENT_WRITE, partial(write_rest, len(data)), done)
        operation.data = data
        self.start(operation)

    def start(self, operation: Operation) -> None:
        self.all.append(operation)
        try:
            self.watch(operation.sock)
        except (OSError, ValueError) as error:
            self.all.remove(operation)
            self.over.append(partial(operation.done, error))

    def watch(self, sock: socket.socket) -> None:
        events = 0
        for operation in self.all:
            if operation.sock is sock:
                events |= operation.event
        with contextlib.suppress(KeyError):
            self.selector.unregister(sock)
        if events:
            self.selector.register(sock, events)

    def cancel(self, sock: socket.socket) -> None:
        for operation in [one for one in self.all if one.sock is sock]:
            self.all.remove(operation)
            self.over.append(partial(operation.done, OSError(errno.ECANCELED, "cancelled")))
        self.watch(sock)

    def run_once(self, timeout: float | None) -> None:
        events = self.selector.select(0 if self.over else timeout)
        before = list(self.all)
        over, self.over = self.over, []
        while over:
            call = over.pop(0)
            try:
                call()
            except BaseException:
                self.over = over + self.over
                raise
        for key, mask in events:
            for event in (selectors.EVENT_READ, selectors.EVENT_WRITE):
                first = next((one for one in self.all if (one.sock, one.event) == (key.fileobj, event)), None)
                if mask & event and first in before and first is not None:
                    self.go_on(first)

    def go_on(self, operation: Operation) -> None:
        try:
            result = operation.step(operation)
        except BlockingIOError:
            return
        except OSError as error:
            result = error
        if result is not None:
            self.all.remove(operation)
            self.watch(operation.sock)
            operation.done(result)
