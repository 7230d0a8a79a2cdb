"""Judge several tests at a time, in workers that are forked once everything is collected.

Tests are handed out in order and their verdicts come back in that order. A
worker is this process as it was after collection: it costs a fork, no import.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from typing import Any, NoReturn, Protocol

from dojo import child, supervisor, system

MOST = 4  # workers: more than processors, because many tests wait, and wrong answers hang
SHARE = 4  # tests for which one more worker pays
Verdict = dict[str, Any]


class Work(Protocol):
    """What there is to judge, by number."""

    def judge(self, number: int, lifeline: int) -> Verdict:
        """The verdict on a test; called in a worker, which ends when `lifeline` becomes readable."""

    def known(self, number: int) -> Verdict | None:
        """The verdict on a test that need not be judged; called before it would be handed out."""

    def arrived(self, number: int, verdict: Verdict) -> None:
        """A verdict has come back, perhaps before that of an earlier test."""


class Worker:
    """One process that judges; it ends when it is closed, and when this process ends."""

    def __init__(self, work: Work, before: list[Worker]) -> None:
        requests, self._send = os.pipe()
        self.answers, answers = os.pipe()
        self.number: int | None = None  # of the test that it judges
        self._received = b""
        self._pid = os.fork()
        if self._pid == 0:
            for fd in (self._send, self.answers, *(fd for one in before for fd in (one._send, one.answers))):
                os.close(fd)
            _serve(work, requests, answers)
        os.close(requests)
        os.close(answers)

    def ask(self, number: int) -> None:
        """Let it judge a test."""
        self.number = number
        os.write(self._send, b"%d\n" % number)

    def answer(self) -> Verdict | None:
        """Its verdict, or None while only a part has come; raises RuntimeError if the process has ended."""
        data = os.read(self.answers, 1 << 20)
        if not data:
            raise RuntimeError("a process that judges has ended")
        self._received += data
        if not self._received.endswith(b"\n"):
            return None
        verdict: Verdict = json.loads(self._received)
        self._received, self.number = b"", None
        return verdict

    def close(self) -> None:
        """End it; a test that is under way ends with it."""
        os.close(self._send)
        os.close(self.answers)
        os.waitpid(self._pid, 0)


def _serve(work: Work, requests: int, answers: int) -> NoReturn:
    """A worker's life; the learners' processes do not get these descriptors."""
    supervisor.private += [requests, answers]
    try:
        while line := os.read(requests, 64):
            text = json.dumps(work.judge(int(line), requests)).encode() + b"\n"
            while text:
                text = text[os.write(answers, text) :]
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        os._exit(0)


def verdicts(count: int, work: Work) -> Iterator[Verdict]:
    """The verdicts on the tests 0 to `count` - 1, in this order."""
    child.prepare()
    gc.freeze()
    workers: list[Worker] = []
    for _ in range(max(1, min(MOST, count // SHARE))):
        workers.append(Worker(work, workers))
    poll = system.poll_for(*(worker.answers for worker in workers))
    ready: dict[int, Verdict] = {}
    handed_out = 0
    try:
        for number in range(count):
            while number not in ready:
                for worker in workers:
                    while worker.number is None and handed_out < count:
                        if known := work.known(handed_out):
                            ready[handed_out] = known
                        else:
                            worker.ask(handed_out)
                        handed_out += 1
                if number in ready:
                    break
                answering = {fd for fd, _ in poll.poll()}
                for worker in workers:
                    judged = worker.number
                    if worker.answers in answering and judged is not None and (verdict := worker.answer()):
                        work.arrived(judged, verdict)
                        ready[judged] = verdict
            yield ready.pop(number)
    finally:
        for worker in workers:
            worker.close()
