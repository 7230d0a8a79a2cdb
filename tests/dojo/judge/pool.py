"""Judge several tests at a time, in workers that are forked once everything is collected.

Tests are handed out in order and their verdicts come back in that order. A
worker is this process as it was after collection: it costs a fork, no import.
Who waits for a save can have even the processes of the tests forked ahead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Protocol

from dojo.core import processes
from dojo.judge.channel import verdict_of
from dojo.judge.watched import LOOK_AT_WORKER
from dojo.judge.worker import Worker
from dojo.sandbox import child
from dojo.sandbox.burying import bury
from dojo.sandbox.verdict import Verdict

WORKERS_AT_MOST = 4  # workers: more than processors, because many tests wait, and wrong answers hang
SHARE = 4  # tests for which one more worker pays
AHEAD = 12  # tests that are forked before they are wanted: each holds a few megabytes


class Work(Protocol):
    """What there is to judge, by number."""

    def prepare(self, number: int) -> None:
        """Fork the process of a test ahead; called in a worker."""

    def judge(self, number: int, lifeline: int) -> Verdict:
        """The verdict on a test; called in a worker, which ends when `lifeline` becomes readable."""

    def lost(self, number: int) -> Verdict:
        """The verdict on a test under which its worker has ended."""

    def known(self, number: int) -> Verdict | None:
        """The verdict on a test that need not be judged; called before it would be handed out."""

    def arrived(self, number: int, verdict: Verdict) -> None:
        """A verdict has come back, perhaps before that of an earlier test."""


class Pool:
    """The workers of one run."""

    def __init__(
        self,
        count: int,
        work: Work,
        ahead: bool = False,
        lifeline: int | None = None,
        workers: int = WORKERS_AT_MOST,
    ) -> None:
        """Fork workers for the tests 0 to `count` - 1, and `ahead` the processes of the first tests too.

        `lifeline` is a descriptor that is readable when nobody wants the verdicts any more; there are
        `workers` at most.
        """
        child.prepare()
        processes.adopt_orphans()  # of workers that a test has killed
        self._count, self._work, self._lifeline = count, work, lifeline
        self._others = processes.children(os.getpid())
        workers = max(1, min(workers, count // SHARE))
        self._ahead = min(count, AHEAD) if ahead else 0
        self._workers = [self._worker(range(number, self._ahead, workers)) for number in range(workers)]

    def _worker(self, ahead: range) -> Worker:
        def prepare() -> None:
            for number in ahead:
                self._work.prepare(number)

        return Worker(self._work.judge, prepare)

    def verdicts(self) -> Iterator[Verdict]:
        """The verdicts, in the order of the tests; the workers end with the last one.

        Raises EOFError when nobody wants them any more.
        """
        ready: dict[int, Verdict] = {}
        waiting = list(range(self._count))
        try:
            for number in range(self._count):
                while number not in ready:
                    for place in range(len(self._workers)):
                        self._hand_out(place, waiting, ready)
                    if number not in ready:
                        self._collect(ready)
                yield ready.pop(number)
        finally:
            self.close()

    def close(self) -> None:
        """End the workers, and what is under way."""
        closed, self._workers = self._workers, []
        for worker in closed:
            worker.close()
        bury(self._others)
        for worker in closed:
            worker.clear()

    def _hand_out(self, place: int, waiting: list[int], ready: dict[int, Verdict]) -> None:
        """Give a worker that has nothing to do the next test that has to be judged."""
        while self._workers[place].request is None and (mine := self._next(waiting, place)) is not None:
            waiting.remove(mine)
            if known := self._work.known(mine):
                ready[mine] = known
                continue
            if self._workers[place].is_spent:
                self._replace(place)
            try:
                self._workers[place].ask(mine)
            except BrokenPipeError:  # it was killed after its last verdict
                self._replace(place)
                self._workers[place].ask(mine)

    def _collect(self, ready: dict[int, Verdict]) -> None:
        """Wait for verdicts, and take those that have come."""
        lifeline = [] if self._lifeline is None else [self._lifeline]
        poll = processes.poll_for(*lifeline, *(worker.channel.reader for worker in self._workers))
        answering = {fd for fd, _ in poll.poll(LOOK_AT_WORKER * 1000)}
        if answering.intersection(lifeline):
            raise EOFError("nobody waits for these verdicts")
        for place, worker in enumerate(self._workers):
            judged, verdict = worker.request, None
            if judged is None:
                continue
            try:
                if worker.channel.reader in answering:
                    message = worker.answer()
                    verdict = message and verdict_of(message)
                elif worker.is_lost():
                    raise EOFError
            except EOFError:
                self._replace(place)
                verdict = self._work.lost(judged)
            if verdict:
                self._work.arrived(judged, verdict)
                ready[judged] = verdict

    def _next(self, waiting: list[int], place: int) -> int | None:
        """The next test for a worker: one that was forked ahead is its own alone."""
        workers = len(self._workers)
        return next((one for one in waiting if one >= self._ahead or one % workers == place), None)

    def _replace(self, place: int) -> None:
        """Put a new worker in the place of one that a test has killed or stopped."""
        lost = self._workers[place]
        lost.close()
        bury([*self._others, *(worker.pid for worker in self._workers if worker is not lost)])
        lost.clear()
        self._workers[place] = self._worker(range(0))
