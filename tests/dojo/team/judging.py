"""Judge texts, each with a suite, in the pool: the tests of one are no other's business.

Each test has a copy of the text in a directory of its own: what an answer does to its
file, or to somebody's side, no other test sees. What depends on what came
first is decided by the order of the tests, and not by which verdict arrived first: what
comes after a test that hung is left out, even if it was judged meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from _pytest.skipping import evaluate_skip_marks

from dojo.core.places import Kata
from dojo.judge import pool, single
from dojo.sandbox import supervisor
from dojo.sandbox.verdict import Kind, Verdict
from dojo.team.results import STARVED, Told, Where, told

FILE_BYTES = 1 << 31  # that a file of a test may grow to: an endless one would take the disk from all
SPARE_BYTES = 1 << 24  # on the disk of temporary files; a test that ends badly beside less may have met its end
Done = Callable[["Job", list[Told], "Where | None"], None]  # told of a job that is finished, and where it was
KNOWN = Verdict(Kind.LEFT_OUT)  # for the pool, where the verdict is known here


@dataclass
class Job:
    """One text and the tests that it has to pass."""

    key: str
    kata: Kata
    data: bytes
    items: list[pytest.Function]
    tests: list[Told | None] = field(default_factory=list)  # what is known

    def __post_init__(self) -> None:
        """Nothing is known yet, if nothing was given."""
        self.given = [test for test in self.tests if test is not None]
        self.tests = self.tests or [None] * len(self.items)
        self.before = {place: test for place, test in enumerate(self.tests) if test is not None and test.again}
        if any(test.kind == Kind.HUNG.word for test in self.before.values()):
            self._forget(lambda test: test.kind == Kind.LEFT_OUT.word)
        self._forget(lambda test: test.again)

    def _forget(self, which: Callable[[Told], bool]) -> None:
        self.tests = [None if test is None or which(test) else test for test in self.tests]

    def stopped(self, place: int) -> Told | None:
        """The verdict on a test behind one that hung, or behind one after which no other can be judged."""
        for test in self.tests[:place]:
            if test is not None and test.kind == Kind.HUNG.word:
                return Told(self.items[place].name, Kind.LEFT_OUT.word)
            if test is not None and test.whole_kata:
                return replace(test, test=self.items[place].name, seconds=0.0, output="")
        return None

    def finished(self) -> list[Told] | None:
        """All verdicts, once they are there."""
        if None in self.tests:
            return None
        found = [self.stopped(place) or test for place, test in enumerate(self.tests) if test is not None]
        for place, first in self.before.items():
            found[place] = replace(found[place], before=first.kind, starved=first.starved)
        return found


class Work:
    """The tests of all jobs, as the pool wants them."""

    def __init__(self, jobs: list[Job], room: Path, done: Done) -> None:
        """Copy texts into `room`; `done` is called with each job that is finished."""
        self.tests = [(job, place) for job in jobs for place in range(len(job.items))]
        self._room, self._done = room, done
        self._limited = False

    def prepare(self, number: int) -> None:
        """Nothing is forked ahead."""

    def judge(self, number: int, lifeline: int) -> Verdict:
        """The verdict on one test; in a worker."""
        if not self._limited:
            hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            most = FILE_BYTES if hard == resource.RLIM_INFINITY else min(hard, FILE_BYTES)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
            self._limited = True
        job, place = self.tests[number]
        module = self._module(number)
        module.parent.mkdir(parents=True)
        module.write_bytes(job.data)
        return single.judge(job.items[place], module, lifeline=lifeline)

    def lost(self, number: int) -> Verdict:
        """The verdict on a test under which its worker has ended."""
        job, place = self.tests[number]
        return single.identified(supervisor.lost(), job.kata, job.items[place].name, self._module(number))

    def known(self, number: int) -> Verdict | None:
        """Whether a verdict needs no judging."""
        job, place = self.tests[number]
        if job.tests[place] is not None:
            return KNOWN
        skipped = evaluate_skip_marks(job.items[place])
        stopped = job.stopped(place)
        if skipped is not None:
            stopped = Told(job.items[place].name, Kind.SKIPPED.word, message=skipped.reason)
        if stopped is None:
            return None
        self._tell(job, place, stopped)
        return KNOWN

    def arrived(self, number: int, verdict: Verdict) -> None:
        """Keep a verdict."""
        job, place = self.tests[number]
        starved = verdict.granted
        if not verdict.kind.good and _is_full(self._room):
            starved = max(starved, STARVED)
        own = self._room / str(number)
        test = told(verdict, job.items[place].name, str(own), starved)
        shutil.rmtree(own, ignore_errors=True)
        self._tell(job, place, test)

    def _tell(self, job: Job, place: int, test: Told) -> None:
        job.tests[place] = test
        if (found := job.finished()) is not None:
            self._done(job, found, None)

    def _module(self, number: int) -> Path:
        return self._room / str(number) / self.tests[number][0].kata.path


def judge(jobs: Sequence[Job], done: Done, workers: int = 0, lifeline: int | None = None) -> Generator[int, None, None]:
    """Judge all jobs on this machine; yields, as it gets on, how many tests are decided.

    `workers` is how many tests run at a time; without it, as many as suit this machine. `lifeline` is a
    descriptor that becomes readable when nobody wants the verdicts any more: then EOFError is raised.
    """
    with contextlib.ExitStack() as undo:
        room = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="dojo-", ignore_cleanup_errors=True)))
        work = Work([job for job in jobs if job.items], room, done)
        workers = workers or max(pool.WORKERS_AT_MOST, 2 * (os.cpu_count() or 1))
        if not work.tests:
            return
        verdicts = pool.Pool(len(work.tests), work, lifeline=lifeline, workers=workers).verdicts()
        for count, _ in enumerate(verdicts, start=1):
            yield count


def _is_full(room: Path) -> bool:
    """Whether the disk of temporary files has next to nothing left."""
    try:
        found = os.statvfs(room)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < SPARE_BYTES
