"""The log of a side: one line of JSON for each run, added at the end of its file and never taken out again.

A line is one write(2) to a file that is open for appending, so two writers cannot mix
theirs, and it begins with the newline that ends what a crash or a full disk has cut
short. It is not synced: a run costs no wait for the disk, and what a power failure may
take is what the kernel had not written yet.

What a line holds: `time` (UTC), `event` (a run, or that a kata was opened), `kata` (its
path: a number may come to mean another one), `mark`, `passed` (tests that are green, those
that are skipped too), `total`, `first` (the name of the first red test) with its `verdict`,
`digest` (SHA-256 of the answer), `hints` (given so far), `missed` (predictions) and
`milliseconds` (of its tests, added up).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from dojo.core import files, records
from dojo.core.places import BadInput, Kata, find_side
from dojo.learner import hints_given
from dojo.sandbox.verdict import Verdict

LOG = "log"  # the name of its file
RUN, OPENED = "run", "opened"
FIELDS = {
    "time": str, "event": str, "kata": str, "mark": str, "passed": int, "total": int, "first": str, "verdict": str,
    "digest": str, "hints": int, "missed": int, "milliseconds": int,
}  # fmt: skip


def digest(module: Path) -> str:
    """What an answer is known by; empty if there is no file to read."""
    return digest_of(read(module))


def read(module: Path) -> bytes | None:
    """An answer; None if there is no file to read."""
    try:
        return files.read(module)
    except BadInput:
        return None


def digest_of(answer: bytes | None) -> str:
    """What the bytes of an answer are known by; empty where there are none."""
    return "" if answer is None else hashlib.sha256(answer).hexdigest()


def note(
    side: str, kata: Kata, mark: str, verdicts: Sequence[Verdict], total: int, answer: str, event: str = RUN
) -> dict[str, Any]:
    """Add a run of `total` tests, of which these verdicts are known, on the answer with this digest; the line."""
    red = next((verdict for verdict in verdicts if verdict.kind.red), None)
    shown = red or next(iter(verdicts), None)
    line = {
        "time": now(),
        "event": event,
        "kata": kata.path,
        "mark": mark,
        "passed": sum(verdict.kind.good for verdict in verdicts),
        "total": total,
        "first": red.test if red else "",
        "verdict": shown.kind.word if shown else "",
        "digest": answer,
        "hints": sum(hints_given.read(side).get(kata.path, {}).values()),
        "missed": sum(guess != answer for verdict in verdicts for _, guess, answer in verdict.predicted),
        "milliseconds": round(1000 * sum(verdict.seconds for verdict in verdicts)),
    }
    add(find_side(side), line)
    return line


def now() -> str:
    """The time of a line."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def add(place: Path, line: dict[str, Any]) -> None:
    """Add a line to the log of the side at `place`. Where nothing can be written there is no log."""
    with contextlib.suppress(OSError):
        directory = records.made(place)
        # Not to wait, should somebody have put a FIFO there.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
        log = os.open(directory / LOG, flags, 0o644)
        try:
            os.write(log, f"\n{json.dumps(line)}".encode())
        finally:
            os.close(log)


def lines(place: Path) -> Iterator[dict[str, Any]]:
    """What is in the log of a side, oldest first; lines that are torn, or no lines of a log, are left out."""
    with contextlib.suppress(OSError):
        yield from filter(None, parsed(path_of(place)))


def parsed(log: Path) -> Iterator[dict[str, Any] | None]:
    """What is in a log, oldest first: None for a line that is torn, or no line of a log. Raises OSError."""
    with open(log, encoding="utf-8", errors="replace", opener=_at_once) as file:
        for text in file:
            line = None
            with contextlib.suppress(ValueError, RecursionError):
                line = json.loads(text)
            if isinstance(line, dict) and {name: type(value) for name, value in line.items()} == FIELDS:
                yield line
            elif text != "\n":
                yield None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # a FIFO would wait for its writer


def path_of(place: Path) -> Path:
    """The file of a side's log."""
    return records.HOME / "sides" / records.key_of(place) / LOG
