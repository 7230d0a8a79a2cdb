"""How many hints each test has given, of each side. Deleting the file loses nothing else."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable

from dojo.core import files, records
from dojo.core.places import BadInput, Kata, find_side

Counts = dict[str, dict[str, int]]  # by the kata's path and the test's name
HINTS_SECONDS = 1.0  # seconds for another terminal that is counting


def give(side: str, kata: Kata, test: str) -> int:
    """How many hints a test has given before, this one counted from now on."""
    before = read(side).get(kata.path, {}).get(test, 0)

    def count(counts: Counts) -> None:
        nonlocal before
        given = counts.setdefault(kata.path, {})
        before = given.get(test, 0)
        given[test] = before + 1

    change(side, count)
    return before


def forget(side: str, kata: Kata) -> None:
    """Begin again with the first hint of each of a kata's tests."""
    change(side, lambda counts: counts.pop(kata.path, None))


def read(side: str) -> Counts:
    """All counts of a side; none where there is no file, or one that holds something else."""
    try:
        found = json.loads(files.read(records.of_side(side) / "hints") or b"{}")
        return {str(path): {str(test): int(number) for test, number in tests.items()} for path, tests in found.items()}
    except (BadInput, ValueError, TypeError, AttributeError):
        return {}


def change(side: str, do: Callable[[Counts], object]) -> None:
    """Change the counts of a side; where nothing can be written they stay as they are."""
    with contextlib.suppress(OSError):  # a lock that is not to be had is one too
        directory = records.made(find_side(side))
        lock = os.open(directory / "hints.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            records.take(lock, HINTS_SECONDS)
            counts, before = read(side), read(side)
            do(counts)
            if counts == before:
                return
            files.write_whole(directory / "hints", json.dumps(counts, indent=1).encode())
        finally:
            os.close(lock)
