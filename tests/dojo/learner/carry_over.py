"""What an earlier edition has kept in .dojo is carried over into today's layout, and nothing of it is lost.

The first edition kept .dojo/kept/<chapter>/<kata>/<time>.py whatever the side, marks
of all sides in .dojo/progress, and hints by pytest's names in .dojo/hints.json. Each
step can be repeated: a run that was killed half way is taken up by the next command.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from dojo.core import files, records, stubs
from dojo.core.places import ROOT, BadInput, Kata, all_katas, shown
from dojo.learner import hints_given
from dojo.learner.put_aside import copy_name, digest
from dojo.report import progress

TIME = re.compile(r"(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)(?:_(\d+))?")  # of a copy, with a number within the second
TEST = re.compile(r"(\d_\w+)/test_(\d\d_\w+\.py)::(.+)", re.DOTALL)


def run() -> None:
    """Carry over what is there of an earlier edition; raises BadInput if a later one wrote it."""
    found = records.version()
    if found is not None and found > records.VERSION:
        raise BadInput(
            f"{shown(records.HOME)} was written by a later edition (layout {found}, this one knows "
            f"{records.VERSION}): update this copy, or move .dojo away"
        )
    if not records.of_another_edition() or not os.access(records.HOME, os.W_OK):
        return  # nothing to carry over, or a checkout that nobody can write to
    katas = ROOT / "katas"
    try:
        with records.locked("carry over .dojo"):
            records.made(katas)
            copies = _copies(records.HOME / "kept", records.HOME / "sides" / records.key_of(katas) / "kept")
            _marks(records.HOME / "progress")
            _hints(records.HOME / "hints.json")
    except OSError as error:
        print(f"what the first edition kept stays where it is: {error}", file=sys.stderr)
        return
    if copies:
        print(
            f"{copies} kept cop{'ies are' if copies > 1 else 'y is'} of katas now, in "
            f"{shown(records.of_side('katas') / 'kept')}: the first edition did not note the side",
            file=sys.stderr,
        )


def _copies(old: Path, new: Path) -> int:
    """Move the kept copies, in their order, and see that they are all there; returns how many there were."""
    moved = 0
    for path in sorted(path for path in old.glob("*/*/*.py") if path.is_file()):
        data = path.read_bytes()
        moment = _moment(path)
        directory = new / path.parent.relative_to(old)
        directory.mkdir(parents=True, exist_ok=True)
        while (target := directory / copy_name(moment, digest(data))).exists():
            moment += 1
        path.rename(target)
        moved += 1
    for directory in sorted(old.rglob("*"), reverse=True):
        with contextlib.suppress(OSError):  # what is not ours stays
            directory.rmdir()
    with contextlib.suppress(OSError):
        old.rmdir()
    if old.exists():
        rest = records.HOME / "first_edition" / f"kept-{time.time_ns()}"
        rest.parent.mkdir(exist_ok=True)
        old.rename(rest)
    return moved


def _moment(path: Path) -> int:
    """When a copy was kept, in nanoseconds, by its name; by its file where the name is another."""
    found = TIME.fullmatch(path.stem)
    if found is None:
        return path.stat().st_mtime_ns
    return int(time.mktime(time.strptime(found[1], "%Y-%m-%d_%H-%M-%S"))) * 10**9 + int(found[2] or 0)


def _marks(old: Path) -> None:
    if not old.exists():
        return
    # A number may mean another kata by now; the first edition's are in its list of stubs.
    paths: dict[str, str] = {}
    for kata in (*_first_katas(), *all_katas()):
        paths.setdefault(kata.id, kata.path)
    sides: dict[Path, list[tuple[str, str]]] = {}
    for line in old.read_text(encoding="utf-8", errors="replace").splitlines():
        with contextlib.suppress(ValueError, TypeError, KeyError):
            side, number, mark = json.loads(line)
            sides.setdefault(Path(side), []).append((paths[number], mark))
    for side, marks in sides.items():
        progress.add(side, marks)
        if not {path for path, mark in marks if mark in progress.SIGNS} <= progress.said(side).keys():
            raise OSError(f"the marks of {side} could not be written")
    old.unlink()


def _first_katas() -> Iterator[Kata]:
    for path in stubs.earlier():
        chapter, name = path.split("/")
        yield Kata(int(chapter[0]), int(name[:2]), chapter, name[3:].removesuffix(".py"))


def _hints(old: Path) -> None:
    if not old.exists():
        return
    given: hints_given.Counts = {}
    with contextlib.suppress(BadInput, ValueError, TypeError, AttributeError):
        for nodeid, number in json.loads(files.read(old) or b"{}").items():
            if found := TEST.search(nodeid):
                given.setdefault(f"{found[1]}/{found[2]}", {})[found[3]] = int(number)
    hints_given.change("katas", lambda counts: counts.update(given | counts))
    if not given.keys() <= hints_given.read("katas").keys():
        raise OSError("the hints could not be written")
    old.unlink()
