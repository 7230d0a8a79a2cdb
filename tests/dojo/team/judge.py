"""`make judge`: every side in a directory judged on this machine, and what came of it as files."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dojo.core import files, stubs
from dojo.core.places import ROOT, BadInput, Kata, choose, kata_of, shown
from dojo.core.screen import Screen, write
from dojo.judge import plugin
from dojo.learner.test import UNUSED
from dojo.report import progress
from dojo.sandbox.verdict import Kind
from dojo.team import judging, outputs, page, sides
from dojo.team.judging import Job
from dojo.team.meter import Progress
from dojo.team.results import Journal, Result, Told, Where
from dojo.team.sides import Answer

if TYPE_CHECKING:
    from dojo.team.hosts import Fleet

JUDGES = ("core", "tape", "sandbox", "suite", "report", "judge")  # packages that a verdict may depend on
MISSING = "nothing was handed in"
AS_ROOT = "yes"


def run(wanted: str, side: str) -> int:
    """Judge the katas that `wanted` names on every side in SIDES=, and write into OUT=.

    0 once every answer has its verdict, whatever it is; 3 if the engine failed. Raises BadInput.
    """
    return judged("judge", choose(wanted), _write)


def judged(command: str, katas: Sequence[Kata], then: Callable[[Path, Course], None]) -> int:
    """Judge katas on every side in SIDES= for a command, and let `then` make something of it: it is told where.

    What has a verdict from earlier is not judged again. Returns the exit status. Raises BadInput.
    """
    if os.geteuid() == 0 and os.environ.get("ROOT") != AS_ROOT:
        raise BadInput(
            f"make {command} runs other people's code, and as root that can change everything here: "
            f"be another user, or say ROOT={AS_ROOT} (katas/README.md, For trainers)"
        )
    teams = sides.find(os.environ.get("SIDES", ""), command)
    with _place(os.environ.get("OUT", ""), next(iter(teams.values())).parent) as out:
        answers = [sides.read(team, directory, kata) for team, directory in teams.items() for kata in katas]
        fleet = _fleet(os.environ.get("HOSTS", ""), katas)
        course = Course(answers, Journal(out / "judged.jsonl"), fleet)
        suites = [str(kata.suite) for kata in katas]
        with contextlib.closing(fleet) if fleet else contextlib.nullcontext():
            status = pytest.main(["--noconftest", *UNUSED, "-s", *suites], plugins=[plugin, course])
        if course.refused is not None:
            raise course.refused
        if status == pytest.ExitCode.INTERRUPTED:
            print("what was judged is kept: the same command goes on from there", file=sys.stderr)
            raise KeyboardInterrupt
        if course.broken or not course.rows:
            return 3 if course.broken else int(status)
        then(out, course)
        return 3 if course.faults else 0


def _fleet(hosts: str, katas: Sequence[Kata]) -> Fleet | None:
    """The hosts that judge, where HOSTS= names any. Raises BadInput."""
    if not hosts.strip():
        return None
    from dojo.team import hosts as named  # only here: execnet takes a while to import

    return named.Fleet(named.find(hosts), katas, os.environ.get("ROOT") == AS_ROOT)


class Course(plugin.Outcome):
    """The answers of all teams: what is known of them, what is judged, and how far that is."""

    def __init__(self, answers: Sequence[Answer], journal: Journal, fleet: Fleet | None = None) -> None:
        """Nothing is judged yet; what `journal` knows will not be judged again. A `fleet` judges elsewhere."""
        self.rows: list[outputs.Row] = []
        self.faults: list[str] = []
        self._answers, self._journal = answers, journal
        self._judging = fleet.judge if fleet else judging.judge
        self._python = "of several hosts" if fleet else platform.python_version()
        self._results: dict[str, Result] = {}
        self._items: dict[Kata, list[pytest.Function]] = {}

    def pytest_collectreport(self, report: Any) -> None:
        """A suite that cannot be collected is the repository's fault: say so."""
        if report.failed:
            self.broken = "a suite cannot be collected"
            print(f"{report.nodeid}: {report.longrepr}", file=sys.stderr)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Everything is collected: judge."""
        for item in session.items:
            if (kata := kata_of(item.path)) is not None and isinstance(item, pytest.Function):
                self._items.setdefault(kata, []).append(item)
        if not self.broken:
            self._results = self._journal.read()
            self._judge([job for job in self._jobs() if job.key not in self._results], 0)
            # One that had to wait for the machine, and came to a bad end: once more, and nothing beside it.
            late = [job for job in self._jobs() if any(test.again for test in self._results[job.key].tests)]
            self._judge([replace(job, tests=[*self._results[job.key].tests]) for job in late], 1)
            self.rows = [self._row(answer) for answer in self._answers]
        return True

    def _jobs(self) -> list[Job]:
        """Each text that is to be judged, once."""
        texts = {
            self._key(answer): Job(self._key(answer), answer.kata, answer.data, self._items[answer.kata])
            for answer in self._answers
            if answer.data is not None and not stubs.is_untouched(answer.kata, answer.data)
        }
        return list(texts.values())

    def _judge(self, jobs: list[Job], workers: int) -> None:
        tests = sum(len(job.items) for job in jobs)
        meter = Progress(len(jobs), tests, "alone, what hung or died on a busy machine" if workers == 1 else "")
        with contextlib.closing(self._judging(jobs, self._done, workers)) as counts:
            for count in counts:
                meter.show(count)
        meter.end()

    def _done(self, job: Job, tests: list[Told], where: Where | None) -> None:
        """Keep a result; one with a fault of the engine's is for this run alone."""
        path = job.kata.path
        where = where or Where(platform.node(), platform.python_version(), {path: version(job.kata)})
        result = Result(job.key, path, where.host, where.python, where.suites[path], tests)
        self._results[job.key] = result
        faults = [f"{job.kata.id}: {test.message}" for test in tests if test.kind == Kind.FAULT.word]
        self.faults += [fault for fault in faults if not any(test.again for test in tests)]
        if not faults:
            self._journal.add(result)

    def _key(self, answer: Answer) -> str:
        words = (answer.kata.path, answer.digest, version(answer.kata), self._python)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()

    def _row(self, answer: Answer) -> outputs.Row:
        total = len(self._items[answer.kata])
        if answer.data is None:
            return outputs.Row(answer, total, why=MISSING)
        result = self._results.get(self._key(answer))
        return outputs.Row(answer, total, result, "" if result else progress.UNTOUCHED)

    def save(self) -> None:
        """Write results that the disk had no room for. Raises OSError."""
        self._journal.save()

    def code(self, kata: Kata, test: str) -> str:
        """The code of a test."""
        found = next((item for item in self._items[kata] if item.name == test), None)
        return _code(found.function) if found is not None else ""


_code = functools.cache(outputs.code_of)


@functools.cache
def version(kata: Kata) -> str:
    """What a verdict depends on beside the answer: a digest of the kata's suite and of the engine."""
    engine = (path for name in JUDGES for path in (ROOT / "tests" / "dojo" / name).rglob("*.py"))
    found = hashlib.sha256()
    found.update(f"{kata.path}\n".encode() + kata.suite.read_bytes())
    for path in sorted(engine):
        found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:12]


NAMES = ("index.html", "grades.csv", "results.json", "junit.xml")


def _write(out: Path, course: Course) -> None:
    """Write what came of it, and show it; each file is there whole, or as it was. Raises BadInput."""
    rows = course.rows
    made = (page.page(rows), outputs.grades_csv(rows), outputs.results_json(rows, course.code), outputs.junit_xml(rows))
    try:
        course.save()
        for name, data in zip(NAMES, made, strict=True):
            files.write_whole(out / name, data)
    except OSError as error:
        raise BadInput(f"{shown(error.filename or out)} cannot be written: {error.strerror}") from None
    write([*outputs.matrix(rows, Screen.of(sys.stdout)), "", f"written to {shown(out)}: {', '.join(NAMES)}"])


@contextlib.contextmanager
def _place(asked: str, teams: Path) -> Iterator[Path]:
    """The directory for what is written, for this process alone while it judges. Raises BadInput."""
    out = ROOT / (asked or ".dojo/judge")
    if out.resolve() == teams.resolve() or out.resolve().is_relative_to(teams.resolve()):
        raise BadInput(f"OUT={asked} lies in SIDES=, where each directory is a team: choose another place")
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = os.open(out / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise BadInput(f"OUT={asked or shown(out)} cannot be written: {error.strerror}") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield out
    except BlockingIOError:
        raise BadInput(f"another make judge writes to {shown(out)}: wait for it, or choose another OUT=") from None
    finally:
        os.close(lock)
