"""Tries as soon as it is asked, keeps the result for run_once(), and waits only for what was not possible."""

import errno
import selectors
import socket
from collections import defaultdict
from collections.abc import Callable, Generator

Result = bytes | int | Exception
Done = Callable[[Result], object]
Work = Generator[None, None, Result]
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def reading(sock: socket.socket, n: int) -> Work:
    while True:
        try:
            return sock.recv(n, socket.MSG_DONTWAIT)
        except BlockingIOError:
            yield


def reading_exactly(sock: socket.socket, n: int) -> Work:
    data = b""
    while len(data) < n:
        piece = yield from reading(sock, n - len(data))
        if not isinstance(piece, bytes) or not piece:
            return EOFError(data)
        data += piece
    return data


def writing(sock: socket.socket, data: bytes) -> Work:
    left = data
    while left:
        try:
            left = left[sock.send(left, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            yield
    return len(data)


class Completions:
    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.queues: dict[tuple[socket.socket, int], list[tuple[Work, Done]]] = defaultdict(list)
        self.results: list[tuple[Done, Result]] = []

    def read(self, sock: socket.socket, n: int, done: Done) -> None:
        self.ask(sock, READ, reading(sock, n), done)

    def read_exactly(self, sock: socket.socket, n: int, done: Done) -> None:
        self.ask(sock, READ, reading_exactly(sock, n), done)

    def write_all(self, sock: socket.socket, data: bytes, done: Done) -> None:
        self.ask(sock, WRITE, writing(sock, data), done)

    def ask(self, sock: socket.socket, event: int, work: Work, done: Done) -> None:
        queue = self.queues[sock, event]
        queue.append((work, done))
        if len(queue) == 1:
            self.go_on(sock, event)

    def go_on(self, sock: socket.socket, event: int) -> None:
        queue = self.queues[sock, event]
        while queue:
            work, done = queue[0]
            try:
                next(work)
                break
            except StopIteration as end:
                self.results.append((done, end.value))
            except (OSError, ValueError) as error:
                self.results.append((done, error))
            queue.pop(0)
        try:
            self.watch(sock)
        except OSError as error:
            self.results += [(done, error) for _, done in queue]
            queue.clear()

    def watch(self, sock: socket.socket) -> None:
        if sock.fileno() < 0:
            return
        events = sum(event for event in (READ, WRITE) if self.queues[sock, event])
        if sock in self.selector.get_map():
            self.selector.unregister(sock)
        if events:
            self.selector.register(sock, events)

    def cancel(self, sock: socket.socket) -> None:
        for event in (READ, WRITE):
            for _, done in self.queues.pop((sock, event), []):
                self.results.append((done, OSError(errno.ECANCELED, "cancelled")))
        self.watch(sock)

    def run_once(self, timeout: float | None) -> None:
        for key, mask in self.selector.select(0 if self.results else timeout):
            assert isinstance(key.fileobj, socket.socket)
            for event in (READ, WRITE):
                if mask & event:
                    self.go_on(key.fileobj, event)
        results, self.results = self.results, []
        try:
            while results:
                done, result = results.pop(0)
                done(result)
        finally:
            self.results = results + self.results
