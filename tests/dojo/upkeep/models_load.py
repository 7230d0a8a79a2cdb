"""The clients of `make models`: idle, slow and active ones, all in this process and one loop.

A visit is a connection, a line of 100 bytes, the end of the stream, and whatever
the server says until it ends, too. It suits servers that echo, and those that greet.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from dojo.core.processes import processor_time, resident
from dojo.upkeep.served_program import Served

REQUEST = b"%099d\n" % 1
PACE = 0.05  # seconds between two bytes of a slow client
VISIT_SECONDS = 3.0  # seconds after which nobody waits any more for a visit to end
BATCH = 50  # clients that connect before somebody makes sure that they are in
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
NOT_YET = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOTCONN, errno.EINPROGRESS)


@dataclass(frozen=True)
class Mix:
    """How many clients of each kind are connected."""

    idle: int
    slow: int
    active: int


@dataclass
class Outcome:
    """What the clients of one server saw, and what it took the server."""

    held: bool = False  # a visitor found no answer before any of the active ones had come
    ended: bool = False  # the server's process ended
    said: str = ""  # the last of what the server printed
    visits: float = 0.0  # that ended, a second
    times: list[float] = field(default_factory=list)  # seconds of each visit begun while it was measured, sorted
    unfinished: int = 0  # of these, how many had not ended after PATIENCE: theirs is the time until then
    failed: Counter[str] = field(default_factory=Counter)  # visits, by the error, as in "ECONNRESET"
    processor: float = 0.0  # seconds of the server's for a visit
    memory: int = 0  # bytes resident in the server
    busy: float = 0.0  # the share of a processor that this process used


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


class _Visit:
    """One connection; `done` is called with it once it has ended, well or not."""

    def __init__(self, crowd: Crowd, done: Callable[[_Visit], None], counted: bool = False) -> None:
        self._crowd, self._done, self.counted = crowd, done, counted
        self.began = time.perf_counter()
        self.sock, self._refused = crowd.connecting()
        self.failed = ""  # what went wrong: the name of an errno, or "wrong answer"
        self._unsaid, self._answer = REQUEST, b""
        crowd.selector.register(self.sock, READ, self.ready)

    def say(self, size: int) -> bool:
        """Send so many bytes more, and end the stream after the last; False if the connection is not there yet."""
        try:
            self._unsaid = self._unsaid[self.sock.send(self._unsaid[:size]) :]
            if not self._unsaid:
                self.sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            if error.errno in NOT_YET:
                return False
            self._end(_name(error))
        return True

    def said(self) -> bool:
        """Whether all has been sent."""
        return not self._unsaid

    def hurry(self) -> None:
        """Say everything as soon as it can be said."""
        if self._refused:
            self._end(self._refused)
            return
        # On the loopback the connection is there at once, as a rule: one turn and one change in the selector less.
        if not self.say(len(REQUEST)):
            self._crowd.selector.modify(self.sock, READ | WRITE, self.ready)

    def ready(self, mask: int) -> None:
        """Read a piece; at the end of the stream the visit is over."""
        if mask & WRITE and self.say(len(REQUEST)) and self.sock.fileno() != -1:
            self._crowd.selector.modify(self.sock, READ, self.ready)
        if mask & READ and self.sock.fileno() != -1:
            try:
                piece = self.sock.recv(4096)
            except BlockingIOError:
                return
            except OSError as error:
                self._end(_name(error))
                return
            self._answer += piece
            if not piece:
                right = not self._unsaid and self._crowd.suits(self._answer)
                self._end("" if right else "wrong answer")

    def _end(self, failed: str) -> None:
        self.failed = failed
        self.close()
        self._done(self)

    def close(self) -> None:
        """Unregister and close."""
        if self.sock.fileno() != -1:
            self._crowd.selector.unregister(self.sock)
            self.sock.close()


class Crowd:
    """All clients of one server; close() ends them."""

    def __init__(self, served: Served, suits: Callable[[bytes], bool]) -> None:
        self._served, self.suits = served, suits
        self.selector = selectors.DefaultSelector()
        self._idle: list[socket.socket] = []
        self._visits: set[_Visit] = set()  # of the active clients, and of those who see whether the others are in
        self._slow: deque[tuple[float, _Visit]] = deque()  # in the order of time: all have the same pace
        self._again = 0  # clients whose next visit begins in the next turn
        self._counting = False
        self._visited = 0
        self._open = 0  # counted visits that have not ended
        self._said = b""
        self.outcome = Outcome()
        assert served.process.stdout is not None
        # 1.14 and 2.8 print what they are told. A pipe that nobody reads is full soon, and print() waits for ever.
        self.selector.register(served.process.stdout, READ, self._listen)

    def connecting(self) -> tuple[socket.socket, str]:
        """A socket that is connected soon, or the name of the error that says at once that it will not be."""
        sock = socket.socket()
        sock.setblocking(False)
        # EADDRNOTAVAIL is one: a port is free again a second after its visit, and Linux has some 28,000 of them.
        error = sock.connect_ex(("127.0.0.1", self._served.port))
        return sock, "" if error in (0, *NOT_YET) else errno.errorcode.get(error, str(error))

    def _listen(self, mask: int) -> None:
        assert self._served.process.stdout is not None
        piece = os.read(self._served.process.stdout.fileno(), 65536)
        self._said = (self._said + piece)[-4000:]
        if not piece:
            self.outcome.ended = True
            self.selector.unregister(self._served.process.stdout)

    def gather(self, mix: Mix) -> None:
        """Connect those who stay: the idle ones, then the slow ones. Sees that the server has accepted each.

        Connected only means that the kernel keeps them. But they are accepted
        in turn: after a visit that ends, all who came before it are in.
        """
        kinds = [self._sit] * mix.idle + [self._dawdle] * mix.slow
        for start in range(0, len(kinds), BATCH):
            for connect in kinds[start : start + BATCH]:
                connect()
            self._begin(self._guest_ended)
            self._turns(VISIT_SECONDS, lambda: not self._visits)
            if self._visits:
                self.outcome.held = not self.outcome.ended
                return

    def measure(self, mix: Mix, seconds: float) -> Outcome:
        """Let the active clients do visit after visit, for about so many seconds after a while to warm up."""
        outcome, pid = self.outcome, self._served.pid
        self._again = mix.active
        self._turns(seconds / 4)
        began, used, visited = time.perf_counter(), time.process_time(), self._visited
        before = processor_time(pid)
        self._counting = True
        self._turns(seconds)
        if not outcome.held:
            self._turns(VISIT_SECONDS, lambda: self._visited > visited)  # on a busy machine one may take longer
        self._counting = False
        lasted, visited = time.perf_counter() - began, self._visited - visited
        outcome.busy = (time.process_time() - used) / lasted
        outcome.visits = visited / lasted
        outcome.processor = (processor_time(pid) - before) / visited if visited else 0.0
        outcome.memory = resident(pid)
        if visited:
            # The slowest visits end last. Without them the tail would look short; and the load stays as it was.
            self._turns(VISIT_SECONDS, lambda: not self._open)
        now = time.perf_counter()
        left = [now - visit.began for visit in self._visits if visit.counted]
        outcome.unfinished = len(left)
        outcome.times = sorted(outcome.times + left)
        return outcome

    def close(self) -> None:
        """End all connections."""
        for visit in [*self._visits, *(slow for _, slow in self._slow)]:
            visit.close()
        for sock in self._idle:
            sock.close()
        self.selector.close()
        self.outcome.said = self._said.decode("utf-8", "replace")

    def _turns(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> None:
        """Do what there is to do, until the time is up, it is enough, or the server has ended."""
        until = time.perf_counter() + seconds
        while not self.outcome.ended and not enough():
            for _ in range(self._again):
                self._again -= 1
                self._begin(self._visit_ended)
            now = time.perf_counter()
            while self._slow and self._slow[0][0] <= now:
                self._step(*self._slow.popleft())
            if now >= until:
                return
            # Who begins again could not wait for an event: there is none yet.
            first = min(until, self._slow[0][0]) if self._slow else until
            for key, mask in self.selector.select(0 if self._again else max(0.0, first - now)):
                key.data(mask)

    def _begin(self, done: Callable[[_Visit], None]) -> None:
        visit = _Visit(self, done, self._counting)
        self._visits.add(visit)
        self._open += visit.counted
        visit.hurry()

    def _visit_ended(self, visit: _Visit) -> None:
        self._visits.discard(visit)
        self._open -= visit.counted
        self._again += 1
        if visit.failed:
            self.outcome.failed[visit.failed] += 1
            return
        self._visited += 1
        if visit.counted:
            self.outcome.times.append(time.perf_counter() - visit.began)

    def _guest_ended(self, visit: _Visit) -> None:
        self._visits.discard(visit)
        if visit.failed:
            self.outcome.failed[visit.failed] += 1

    def _sit(self) -> None:
        self._idle.append(self.connecting()[0])

    def _dawdle(self) -> None:
        self._slow.append((time.perf_counter() + PACE, _Visit(self, self._guest_ended)))

    def _step(self, when: float, visit: _Visit) -> None:
        if visit.sock.fileno() == -1:  # it has ended: the next one
            visit = _Visit(self, self._guest_ended)
        elif not visit.said():  # or the answer is still on its way
            visit.say(1)
        # From the deadline and not from now: the pace stays, also when this process is late.
        self._slow.append((when + PACE, visit))
