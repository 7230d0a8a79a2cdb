"""What judging an answer came to, as it is kept from one run to the next."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dojo.core.screen import Screen
from dojo.report import failure, progress
from dojo.sandbox.verdict import Kind, Verdict

STARVED = 1.0  # seconds beyond its deadline that a test was given because the machine was busy
OUTPUT = 500  # characters of what a test prints that are kept; exercism's test runners show as many


@dataclass(frozen=True)
class Told:
    """The verdict on one test, as much of it as is kept."""

    test: str
    kind: str
    seconds: float = 0.0
    message: str = ""  # the report, for a test that is not green
    output: str = ""
    not_written: bool = False
    whole_kata: bool = False  # the tests behind it would come to the same
    starved: float = 0.0  # seconds that it had to wait for the machine
    before: str = ""  # the verdict on the first try, where it was judged twice

    @property
    def again(self) -> bool:
        """Whether it is to be judged once more, alone."""
        late = self.kind in (Kind.HUNG.word, Kind.DIED.word, Kind.FAULT.word)
        return late and self.starved >= STARVED and not self.before


@dataclass(frozen=True)
class Where:
    """Where an answer was judged."""

    host: str
    python: str
    suites: Mapping[str, str]  # the version of suites and engine, by the path of the kata


@dataclass(frozen=True)
class Result:
    """What all tests of a kata came to on one text."""

    key: str  # of the text, the suite, the engine and Python
    kata: str  # its path
    host: str
    python: str
    suites: str  # the version of suites and engine
    tests: list[Told] = field(default_factory=list)

    @property
    def kinds(self) -> list[Kind]:
        """How its tests ended."""
        return [Kind.named(told.kind) for told in self.tests]

    @property
    def mark(self) -> str:
        """The mark that `make test` would give."""
        return progress.mark_of(self.kinds, all(told.not_written for told in self.tests))

    @property
    def first(self) -> Told | None:
        """The first red test."""
        return next((told for told in self.tests if Kind.named(told.kind).red), None)


def told(verdict: Verdict, test: str, place: str, starved: float) -> Told:
    """What is kept of a verdict; `place` is the directory of the answer's copy, which no report names."""
    message = "" if verdict.kind.good else "\n".join(failure.render(verdict, Screen.plain(), side=""))
    if verdict.kind is Kind.SKIPPED:
        message = verdict.words
    output = Screen.plain().spell(verdict.output.expandtabs())
    return Told(
        test,
        verdict.kind.word,
        round(verdict.seconds, 3),
        Screen.plain().spell(message.replace(f"{place}/", "")),
        output if len(output) <= OUTPUT else f"{output[: OUTPUT - 1]}…",
        verdict.not_written,
        verdict.whole_kata,
        round(starved, 3),
    )


class Journal:
    """The results so far, a line of JSON each, added at the end; the last line of a key counts.

    A line begins with the newline that ends what a kill or a full disk has cut short.
    """

    def __init__(self, path: Path) -> None:
        """Keep them at `path`."""
        self._path = path
        self._unsaved: list[bytes] = []

    def read(self) -> dict[str, Result]:
        """All whole lines; what is torn is left out."""
        found = {}
        for line in self._lines():
            with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
                values: dict[str, Any] = json.loads(line)
                result = Result(**values | {"tests": [Told(**one) for one in values["tests"]]})
                if result.tests and result.mark and all(isinstance(told.starved, float) for told in result.tests):
                    found[result.key] = result
        return found

    def _lines(self) -> Iterator[bytes]:
        try:
            with open(self._path, "rb") as file:
                yield from file
        except FileNotFoundError:
            return

    def add(self, result: Result) -> None:
        """Keep one more; where the disk is full, with the next one, or with save()."""
        self._unsaved.append(f"\n{json.dumps(result, default=vars)}".encode())
        with contextlib.suppress(OSError):
            self.save()

    def save(self) -> None:
        """Write what could not be written. Raises OSError."""
        while self._unsaved:
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                if os.write(file, self._unsaved[0]) < len(self._unsaved[0]):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
                del self._unsaved[0]
            finally:
                os.close(file)
