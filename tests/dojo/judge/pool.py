"""Judge several tests at a time, in workers that are forked once everything is collected.

Tests are handed out in order and their verdicts come back in that order. A
worker is this process as it was after collection: it costs a fork, no import.
Who waits for a save can have even the processes of the tests forked ahead.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from typing import Any, NoReturn, Protocol

from dojo.core import processes
from dojo.sandbox import child, leftovers, supervisor

MOST = 4  # workers: more than processors, because many tests wait, and wrong answers hang
SHARE = 4  # tests for which one more worker pays
AHEAD = 12  # tests that are forked before they are wanted: each holds a few megabytes
Verdict = dict[str, Any]


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
        requests, self._send = os.pipe()
        self.answers, answers = os.pipe()
        self.number: int | None = None  # of the test that it judges
        self.since = 0.0  # when it was asked
        self._received = b""
        self.pid = processes.fork()
        if self.pid == 0:
            for fd in (self._send, self.answers, *(fd for one in before for fd in (one._send, one.answers))):
                os.close(fd)
            _serve(work, requests, answers, ahead)
        os.close(requests)
        os.close(answers)

    def ask(self, number: int) -> None:
        """Let it judge a test."""
        self.number, self.since = number, time.monotonic()
        os.write(self._send, b"%d\n" % number)

    def answer(self) -> Verdict | None:
        """Its verdict, or None while only a part has come; raises EOFError if the process has ended.

        Raises NoProcess if it could start none for a test.
        """
        data = os.read(self.answers, 1 << 20)
        if not data:
            raise EOFError("a process that judges has ended")
        self._received += data
        if not self._received.endswith(b"\n"):
            return None
        verdict: Verdict = json.loads(self._received)
        if "refused" in verdict:
            raise processes.NoProcess(verdict["refused"])
        self._received, self.number = b"", None
        return verdict

    def close(self) -> None:
        """End it; a test that is under way ends with it."""
        os.close(self._send)
        os.close(self.answers)
        os.kill(self.pid, signal.SIGCONT)  # a test may have stopped it
        os.waitpid(self.pid, 0)


def _serve(work: Work, requests: int, answers: int, ahead: range) -> NoReturn:
    """A worker's life."""
    try:
        for number in ahead:
            work.prepare(number)
        while line := os.read(requests, 64):
            _tell(answers, work.judge(int(line), requests))
    except processes.NoProcess as error:
        _tell(answers, {"refused": str(error)})
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        os._exit(0)


def _tell(answers: int, what: Verdict) -> None:
    text = json.dumps(what).encode() + b"\n"
    while text:
        text = text[os.write(answers, text) :]


class Pool:
    """The workers of one run."""

    def __init__(self, count: int, work: Work, ahead: bool = False) -> None:
        """Fork workers for the tests 0 to `count` - 1, and `ahead` the processes of the first tests too."""
        child.prepare()
        processes.adopt_orphans()  # of workers that a test has killed
        self._count, self._work = count, work
        self._others = leftovers.children(os.getpid())
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
        poll = processes.poll_for(*(worker.answers for worker in self._workers))
        answering = {fd for fd, _ in poll.poll(1000)}  # milliseconds between two looks at the clock
        for place, worker in enumerate(self._workers):
            judged, verdict = worker.number, None
            if judged is None:
                continue
            try:
                if worker.answers in answering:
                    verdict = worker.answer()
                elif time.monotonic() - worker.since > self._work.deadline(judged) + supervisor.PATIENCE:
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
