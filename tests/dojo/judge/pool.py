"""Judge several tests at a time, in workers that are forked once everything is collected.

Tests are handed out in order and their verdicts come back in that order. A
worker is this process as it was after collection: it costs a fork, no import.
Who waits for a save can have even the processes of the tests forked ahead.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Iterator
from typing import NoReturn, Protocol

from dojo.core import processes
from dojo.judge.channel import Channel, fault_message, refused_message, verdict_message, verdict_of
from dojo.sandbox import child, supervisor
from dojo.sandbox.verdict import Verdict

MOST = 4  # workers: more than processors, because many tests wait, and wrong answers hang
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

    def deadline(self, number: int) -> float:
        """Seconds that a test has."""

    def known(self, number: int) -> Verdict | None:
        """The verdict on a test that need not be judged; called before it would be handed out."""

    def arrived(self, number: int, verdict: Verdict) -> None:
        """A verdict has come back, perhaps before that of an earlier test."""


class Worker:
    """One process that judges; it ends when it is closed, and when this process ends."""

    def __init__(self, work: Work, before: list[Worker], ahead: range) -> None:
        requests, answers = os.pipe(), os.pipe()
        self.number: int | None = None  # of the test that it judges
        self.since = 0.0  # when it was asked
        self.channel = Channel(answers[0], requests[1])
        self.pid = processes.fork()
        if self.pid == 0:
            for channel in (self.channel, *(one.channel for one in before)):
                channel.close()
            _serve(work, Channel(requests[0], answers[1]), ahead)
        os.close(requests[0])
        os.close(answers[1])

    def ask(self, number: int) -> None:
        """Let it judge a test."""
        self.number, self.since = number, time.monotonic()
        self.channel.send(number)

    def answer(self) -> Verdict | None:
        """Its verdict, or None while only a part has come; raises EOFError if the process has ended.

        Raises NoProcess if it could start none for a test.
        """
        messages = self.channel.take()
        if not messages:
            return None
        self.number = None
        return verdict_of(messages[0])

    def close(self) -> None:
        """End it; a test that is under way ends with it."""
        self.channel.close()
        os.kill(self.pid, signal.SIGCONT)  # a test may have stopped it
        os.waitpid(self.pid, 0)


def _serve(work: Work, channel: Channel, ahead: range) -> NoReturn:
    """A worker's life."""
    try:
        for number in ahead:
            work.prepare(number)
        while True:
            for number in channel.take():
                try:
                    message = verdict_message(work.judge(number, channel.reader))
                except processes.NoProcess as error:
                    message = refused_message(str(error))
                except Exception:
                    message = fault_message(traceback.format_exc())
                channel.send(message)
    except (KeyboardInterrupt, BrokenPipeError, EOFError):
        pass
    finally:
        os._exit(0)


class Pool:
    """The workers of one run."""

    def __init__(self, count: int, work: Work, ahead: bool = False) -> None:
        """Fork workers for the tests 0 to `count` - 1, and `ahead` the processes of the first tests too."""
        child.prepare()
        processes.adopt_orphans()  # of workers that a test has killed
        self._count, self._work = count, work
        self._others = processes.children(os.getpid())
        self._workers: list[Worker] = []
        workers = max(1, min(MOST, count // SHARE))
        self._ahead = min(count, AHEAD) if ahead else 0
        for number in range(workers):
            self._workers.append(Worker(work, self._workers, range(number, self._ahead, workers)))

    def verdicts(self) -> Iterator[Verdict]:
        """The verdicts, in the order of the tests; the workers end with the last one."""
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
            for worker in self._workers:
                worker.close()

    def _hand_out(self, place: int, waiting: list[int], ready: dict[int, Verdict]) -> None:
        """Give a worker that has nothing to do the next test that has to be judged."""
        while self._workers[place].number is None and (mine := self._next(waiting, place)) is not None:
            waiting.remove(mine)
            if known := self._work.known(mine):
                ready[mine] = known
                continue
            try:
                self._workers[place].ask(mine)
            except BrokenPipeError:  # it was killed after its last verdict
                self._replace(place)
                self._workers[place].ask(mine)

    def _collect(self, ready: dict[int, Verdict]) -> None:
        """Wait for verdicts, and take those that have come."""
        poll = processes.poll_for(*(worker.channel.reader for worker in self._workers))
        answering = {fd for fd, _ in poll.poll(1000)}  # milliseconds between two looks at the clock
        for place, worker in enumerate(self._workers):
            judged, verdict = worker.number, None
            if judged is None:
                continue
            try:
                if worker.channel.reader in answering:
                    verdict = worker.answer()
                elif time.monotonic() - worker.since > self._work.deadline(judged) + supervisor.LOST:
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
        others = [worker for worker in self._workers if worker is not lost]
        os.kill(lost.pid, signal.SIGKILL)
        lost.close()
        supervisor.bury_strays(*self._others, *(worker.pid for worker in others))
        self._workers[place] = Worker(self._work, others, range(0))
