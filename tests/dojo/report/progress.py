"""What the tests said last of each kata: marks, and nothing else.

One line a verdict, added at the end of one file. A line is written by one call,
so two terminals cannot mix theirs, and one that a crash has cut short is skipped.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator

from dojo.core.places import ROOT, Kata, find_side
from dojo.sandbox.verdict import Kind

LOG = ROOT / ".dojo" / "progress"
GREEN, RED, HUNG, UNTOUCHED = "green", "red", "hung", "not begun"
SIGNS = {GREEN: "✓", RED: "✗", HUNG: "■", UNTOUCHED: "○"}
COLOURS = {GREEN: "green", RED: "red", HUNG: "yellow", UNTOUCHED: "dim"}
FULL = 256 * 1024  # bytes; then only the last mark of each kata is kept


def mark_of(kinds: list[Kind], untouched: bool) -> str:
    """What the verdicts on a kata's tests come to."""
    if Kind.HUNG in kinds:
        return HUNG
    if all(kind.good for kind in kinds):
        return GREEN
    return UNTOUCHED if untouched else RED


def marks(side: str) -> dict[str, str]:
    """The last mark of each kata on a side, by the kata's id; katas that were never judged are missing."""
    place = str(find_side(side))
    try:
        lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {kata: mark for of, kata, mark in _read(lines) if of == place}


def note(side: str, kata: Kata, mark: str) -> None:
    """Keep a mark; where nothing can be written there are none."""
    line = json.dumps([str(find_side(side)), kata.id, mark])
    with contextlib.suppress(OSError):
        LOG.parent.mkdir(exist_ok=True)
        log = os.open(LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            fcntl.flock(log, fcntl.LOCK_EX)
            # The newline before it ends what a crash may have left.
            os.write(log, f"\n{line}\n".encode())
            if os.fstat(log).st_size > FULL:
                _shorten()
        finally:
            os.close(log)  # and with it the lock


def _shorten() -> None:
    """Keep the last mark of each kata alone: a new file in the place of the old."""
    last = {(side, kata): mark for side, kata, mark in _read(LOG.read_text(encoding="utf-8").splitlines())}
    new = LOG.with_name(f"progress.{os.getpid()}")
    new.write_text("".join(json.dumps([*key, mark]) + "\n" for key, mark in last.items()), encoding="utf-8")
    new.replace(LOG)


def _read(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        with contextlib.suppress(ValueError, TypeError):
            side, kata, mark = json.loads(line)
            if mark in SIGNS:
                yield side, kata, mark


def next_kata(katas: list[Kata], known: dict[str, str], after: Kata | None = None) -> Kata | None:
    """The first kata that is not green, from `after` on and round again; None if all are."""
    start = katas.index(after) + 1 if after in katas else 0
    for kata in katas[start:] + katas[:start]:
        if kata != after and known.get(kata.id) != GREEN:
            return kata
    return None
