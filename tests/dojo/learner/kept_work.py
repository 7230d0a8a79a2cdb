"""`make reset` and `make undo`: the stub back, and the learner's own code back again.

The stubs stand in tests/proof/stubs, so that neither git nor a network is needed to
find them. Nothing of a learner's is ever overwritten: a file that is not its
stub is copied to .dojo/kept first, with the time in its name.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

from dojo.core.places import ROOT, BadInput, Kata, choose, find_side, module_path, shown
from dojo.core.screen import Screen, write
from dojo.report import progress

KEPT = ROOT / ".dojo" / "kept"
REFERENCE = ROOT / "solutions"


def reset(kata: Kata, side: str) -> str:
    """Put the stub in the place of an answer; says in one line what was done."""
    module = _answer(kata, side)
    if _same(module, kata.stub):
        return f"{kata.id} is its stub already"
    kept = _keep(kata, module)
    _put(kata.stub, module)
    progress.note(side, kata, progress.UNTOUCHED)
    return f"{kata.id} is its stub again" + (f"; your code is in {shown(kept)}" if kept else "")


def undo(kata: Kata, side: str) -> str:
    """Bring back what reset, or the last undo, has put aside; says in one line what was done."""
    module = _answer(kata, side)
    for older in sorted(_copies(kata), reverse=True):
        if not _same(older, module):
            _keep(kata, module)
            _put(older, module)
            older.unlink()  # it is in its place again
            return f"{kata.id} is back, from {shown(older)}"
    return f"{kata.id}: nothing is kept that differs from {shown(module)}"


def run_reset(wanted: str, side: str) -> int:
    """`make reset`: one kata, a chapter, or all."""
    return _each(wanted, side, undoing=False)


def run_undo(wanted: str, side: str) -> int:
    """`make undo`: the same katas back."""
    return _each(wanted, side, undoing=True)


def run_stub(wanted: str, side: str) -> int:
    """`make stub`: take the kata's file as the new stub; for who writes katas."""
    if not wanted:
        raise BadInput("make stub takes the kata whose file is to be the stub, as in K=2.1")
    for kata in choose(wanted):
        kata.stub.parent.mkdir(parents=True, exist_ok=True)
        _put(ROOT / "katas" / kata.path, kata.stub)
        print(f"{kata.id}: {shown(kata.stub)} is katas/{kata.path}")
    return 0


def _each(wanted: str, side: str, undoing: bool) -> int:
    katas = choose(wanted)
    screen = Screen.of(sys.stdout)
    try:
        told = [undo(kata, side) if undoing else reset(kata, side) for kata in katas]
    except OSError as error:
        raise BadInput(f"{error.filename} cannot be written: {error.strerror}; nothing was lost") from None
    if len(told) > 1:  # of many katas only those are news in which something was done
        quiet = "nothing is kept" if undoing else "already"
        told = [line for line in told if quiet not in line] or ["nothing to do"]
    write([screen.spell(line) for line in told])
    return 0


def _answer(kata: Kata, side: str) -> Path:
    where = find_side(side)
    if where.is_file() or where.resolve() == REFERENCE.resolve():
        raise BadInput(f"SIDE={side} is not yours to reset: it takes katas, or a directory laid out like it")
    return module_path(where, kata)


def _keep(kata: Kata, module: Path) -> Path | None:
    """Copy a file that is not its stub, nor kept already, to a new name; None if there is nothing to keep."""
    if not module.exists() or any(_same(module, known) for known in (kata.stub, *_copies(kata))):
        return None
    moment = time.strftime("%Y-%m-%d_%H-%M-%S")
    directory = (KEPT / kata.path).with_suffix("")
    directory.mkdir(parents=True, exist_ok=True)
    for number in range(1000):
        kept = directory / (f"{moment}.py" if not number else f"{moment}_{number}.py")
        try:
            with kept.open("xb") as file:  # never over one that is there
                file.write(module.read_bytes())
            return kept
        except FileExistsError:
            continue
    raise BadInput(f"there is no free name for a copy in {shown(directory)}")


def _copies(kata: Kata) -> list[Path]:
    return list((KEPT / kata.path).with_suffix("").glob("*.py"))


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def _put(source: Path, target: Path) -> None:
    """Replace a file as a whole: whoever reads meanwhile sees the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(source, new)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
