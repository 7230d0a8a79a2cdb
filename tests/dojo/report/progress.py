"""What the tests said last of each kata: marks, and nothing else, of each side by itself.

One line a verdict, added at the end of the side's file. A line is written by one
call, so two terminals cannot mix theirs, and one that a crash has cut short is skipped.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from dojo.core import files, records, stubs
from dojo.core.places import Kata, all_katas, find_side, module_path
from dojo.sandbox.verdict import Kind

GREEN, RED, HUNG, UNTOUCHED, ELSEWHERE = "green", "red", "hung", "not begun", "not for this machine"
SIGNS = {GREEN: "✓", RED: "✗", HUNG: "■", UNTOUCHED: "○", ELSEWHERE: "–"}
MARK_COLOURS = {GREEN: "green", RED: "red", HUNG: "yellow", UNTOUCHED: "dim", ELSEWHERE: "dim"}
FULL = 256 * 1024  # bytes; then only the last mark of each kata is kept
LOG_SECONDS = 1.0  # seconds for another terminal that writes


def mark_of(kinds: list[Kind], untouched: bool) -> str:
    """What the verdicts on a kata's tests come to."""
    if Kind.HUNG in kinds:
        return HUNG
    if all(kind is Kind.SKIPPED for kind in kinds):
        return ELSEWHERE
    if all(kind.good for kind in kinds):
        return GREEN
    return UNTOUCHED if untouched else RED


def marks(side: str) -> dict[str, str]:
    """The last mark of each kata on a side, by the kata's id; katas that were never judged are missing.

    A file that is its stub is not begun, whatever was said of an earlier one.
    """
    place = find_side(side)
    last = said(place)
    known = {}
    for kata in all_katas():
        if kata.path in last:
            begun = place.is_file() or stubs.is_begun(kata, module_path(place, kata))
            known[kata.id] = last[kata.path] if begun or last[kata.path] == ELSEWHERE else UNTOUCHED
    return known


def is_done(side: str, katas: list[Kata]) -> bool:
    """Whether the marks of a side say of all these katas that there is nothing left to do."""
    known = marks(side)
    return all(known.get(kata.id) in (GREEN, ELSEWHERE) for kata in katas)


def said(place: Path) -> dict[str, str]:
    """The marks that are kept of a side, by the katas' paths."""
    try:
        return dict(_read(_log(place)))
    except OSError:
        return {}


def note(side: str, kata: Kata, mark: str) -> None:
    """Keep a mark; where nothing can be written there are none."""
    add(find_side(side), [(kata.path, mark)])


def add(place: Path, more: list[tuple[str, str]]) -> None:
    """Keep marks of a side, by the katas' paths: a number may come to mean another kata."""
    lines = "".join(json.dumps(entry) + "\n" for entry in more)
    with contextlib.suppress(OSError):
        records.made(place)
        log = _open(_log(place))
        try:
            # The newline before it ends what a crash may have left.
            os.write(log, f"\n{lines}".encode())
            if os.fstat(log).st_size > FULL:
                last = dict(_read(_log(place)))
                files.write_whole(_log(place), "".join(json.dumps(one) + "\n" for one in last.items()).encode())
        finally:
            os.close(log)  # and with it the lock


def _log(place: Path) -> Path:
    return records.HOME / "sides" / records.key_of(place) / "marks"


def _open(path: Path) -> int:
    """Open a side's marks to add to them, and lock them: the file that has the name, not one it has replaced."""
    while True:
        log = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            records.take(log, LOG_SECONDS)
            if os.path.samestat(os.fstat(log), path.stat()):
                return log
        except BaseException:
            os.close(log)
            raise
        os.close(log)


def _read(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with contextlib.suppress(ValueError, TypeError):
            kata, mark = json.loads(line)
            if mark in SIGNS:
                yield kata, mark


def next_kata(katas: list[Kata], known: dict[str, str], after: Kata | None = None) -> Kata | None:
    """The first kata that is to be done yet, from the first of `after`'s chapter on and round again, or None."""
    start = next((place for place, kata in enumerate(katas) if after and kata.chapter == after.chapter), 0)
    for kata in katas[start:] + katas[:start]:
        if kata != after and known.get(kata.id) not in (GREEN, ELSEWHERE):
            return kata
    return None
