"""The clients of `make models`: idle, slow and active ones, all in this process and one loop."""

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
from dojo.upkeep.models_visit import NOT_YET, READ, Visit
from dojo.upkeep.served_program import Served

PACE = 0.05  # seconds between two bytes of a slow client
VISIT_SECONDS = 3.0  # seconds after which nobody waits any more for a visit to end
BATCH = 50  # clients that connect before somebody makes sure that they are in


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


class Crowd:
    """All clients of one server; close() ends them."""

    def __init__(self, served: Served, suits: Callable[[bytes], bool]) -> None:
        self._served, self._suits = served, suits
        self._selector = selectors.DefaultSelector()
        self._idle: list[socket.socket] = []
        self._visits: set[Visit] = set()  # of the active clients, and of those who see whether the others are in
        self._slow: deque[tuple[float, Visit]] = deque()  # in the order of time: all have the same pace
        self._again = 0  # clients whose next visit begins in the next turn
        self._counting = False
        self._visited = 0
        self._open = 0  # counted visits that have not ended
        self._said = b""
        self.outcome = Outcome()
        assert served.process.stdout is not None
        # 1.14 and 2.8 print what they are told. A pipe that nobody reads is full soon, and print() waits for ever.
        self._selector.register(served.process.stdout, READ, self._listen)

    def _connecting(self) -> tuple[socket.socket, str]:
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
            self._selector.unregister(self._served.process.stdout)

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
        self._selector.close()
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
            for key, mask in self._selector.select(0 if self._again else max(0.0, first - now)):
                key.data(mask)

    def _visit(self, done: Callable[[Visit], None], counted: bool = False) -> Visit:
        return Visit(self._selector, self._connecting, self._suits, done, counted)

    def _begin(self, done: Callable[[Visit], None]) -> None:
        visit = self._visit(done, self._counting)
        self._visits.add(visit)
        self._open += visit.counted
        visit.hurry()

    def _visit_ended(self, visit: Visit) -> None:
        self._visits.discard(visit)
        self._open -= visit.counted
        self._again += 1
        if visit.failed:
            self.outcome.failed[visit.failed] += 1
            return
        self._visited += 1
        if visit.counted:
            self.outcome.times.append(time.perf_counter() - visit.began)

    def _guest_ended(self, visit: Visit) -> None:
        self._visits.discard(visit)
        if visit.failed:
            self.outcome.failed[visit.failed] += 1

    def _sit(self) -> None:
        self._idle.append(self._connecting()[0])

    def _dawdle(self) -> None:
        self._slow.append((time.perf_counter() + PACE, self._visit(self._guest_ended)))

    def _step(self, when: float, visit: Visit) -> None:
        if visit.sock.fileno() == -1:  # it has ended: the next one
            visit = self._visit(self._guest_ended)
        elif not visit.said():  # or the answer is still on its way
            visit.say(1)
        # From the deadline and not from now: the pace stays, also when this process is late.
        self._slow.append((when + PACE, visit))
