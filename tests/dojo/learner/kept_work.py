"""`make reset` and `make undo`: the stub back, and the learner's own code back again; `make stub` for maintainers.

The stubs stand in tests/proof/stubs, so that neither git nor a network is needed to
find them. Nothing of a learner's is ever overwritten: an answer that is replaced is
put aside, side by side with nobody else's (put_aside.py says how).
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

from dojo.core import files, records, stubs
from dojo.core.places import KATAS, BadInput, Kata, choose, find_side, shown
from dojo.core.screen import Screen, write
from dojo.learner import hints_given
from dojo.learner.put_aside import Copy, Shelf
from dojo.report import progress

REFERENCE = KATAS / "solutions"
NOTHING = ("nothing is kept", "already", "there is no ")  # no news where many katas are named


def reset(kata: Kata, side: str) -> str:
    """Put the stub in the place of an answer; says in one line what was done. Raises BadInput."""
    with records.locked(f"make reset K={kata.id}"):
        shelf = shelf_of(kata, side, "reset")
        stub, before = stubs.current(kata), files.read(shelf.answer)
        hints_given.forget(side, kata)
        if before == stub:
            return f"{kata.id} is its stub already"
        taken = changing(shelf, before, lambda: shelf.replace(stub))
        progress.note(side, kata, progress.UNTOUCHED)
        return f"{kata.id} is its stub again{kept_words(kata, taken, 'your code')}"


def undo(kata: Kata, side: str) -> str:
    """Bring back what was put aside last and differs from what is there; says in one line what was done.

    Raises BadInput.
    """
    with records.locked(f"make undo K={kata.id}"):
        shelf = shelf_of(kata, side, "undo")
        now = files.read(shelf.answer)
        _try(shelf, now, shelf.tidy)
        unreadable = ""
        for copy in shelf.copies():
            try:
                data = files.read(copy.path)
            except BadInput as error:
                unreadable = unreadable or f"; {error}"
                continue
            if data is None or data == now or stubs.is_untouched(kata, data):
                continue
            taken = changing(shelf, now, functools.partial(shelf.bring_back, copy, data))
            since = "" if copy.holds(data) else ", with what was written into it after it was kept"
            return f"{kata.id} is back as of {copy.when}{since}{kept_words(kata, taken, 'what was there')}"
        return f"{kata.id}: nothing is kept that differs from {shown(shelf.answer)}{unreadable}"


def stub(kata: Kata) -> str:
    """Take the kata's file as the new stub; says in one line what was done. Raises BadInput."""
    source = KATAS / "katas" / kata.path
    with records.locked(f"make stub K={kata.id}"):
        new, old = files.read(source), files.read(kata.stub)
        if new is None:
            raise BadInput(f"{shown(source)} does not exist: it is to be the stub of {kata.id}")
        try:
            if old is not None and old != new:
                stubs.remember(kata, old)
            files.write_whole(kata.stub, new)
        except OSError as error:
            raise BadInput(f"{shown(error.filename)} cannot be written: {error.strerror}") from None
    return f"{kata.id}: {shown(kata.stub)} is {shown(source)}"


def run_reset(wanted: str, side: str) -> int:
    """`make reset`: one kata, a chapter, or all."""
    return each(choose(wanted), lambda kata: reset(kata, side))


def run_undo(wanted: str, side: str) -> int:
    """`make undo`: the same katas back."""
    return each(choose(wanted), lambda kata: undo(kata, side))


def run_stub(wanted: str, side: str) -> int:
    """`make stub`: take the kata's file as the new stub; for who writes katas."""
    if not wanted:
        raise BadInput("make stub takes the kata whose file is to be the stub, as in K=2.1")
    return each(choose(wanted), stub)


def each(katas: list[Kata], do: Callable[[Kata], str]) -> int:
    """Do something to each kata and say what was done, up to the first that fails; then raises BadInput."""
    screen, news = Screen.of(sys.stdout), 0
    for kata in katas:
        line = do(kata)
        if len(katas) == 1 or not any(quiet in line for quiet in NOTHING):
            write([screen.spell(line)])
            news += 1
    if not news:
        write(["nothing to do"])
    return 0


def shelf_of(kata: Kata, side: str, what: str) -> Shelf:
    """The shelf of a kata whose answer is the learner's; raises BadInput for any other."""
    where = find_side(side)
    if where.is_file() or where.resolve() == REFERENCE.resolve():
        raise BadInput(f"SIDE={side} is not yours to {what}: it takes katas, or a directory laid out like it")
    return Shelf(kata, side)


def changing(shelf: Shelf, before: bytes | None, change: Callable[[], list[Copy]]) -> list[Copy]:
    """Change an answer that holds `before`; raises BadInput that says what has become of it if that fails."""
    taken: list[Copy] = []

    def tidy_and_change() -> None:
        shelf.make()
        shelf.tidy()
        taken.extend(change())

    _try(shelf, before, tidy_and_change)
    return taken


def _try(shelf: Shelf, before: bytes | None, action: Callable[[], None]) -> None:
    try:
        action()
    except OSError as error:
        failed = f"{shown(error.filename or shelf.directory)} cannot be written: {error.strerror}"
        # What is said of the answer was looked up, and is not hoped.
        if files.read(shelf.answer) == before:
            raise BadInput(f"{failed}; {shown(shelf.answer)} is as it was") from None
        left = sorted(shelf.answer.parent.glob(f".{shelf.answer.name}.*.aside*"))
        where = f"; what was there is in {', '.join(map(shown, left))}" if left else ""
        raise BadInput(f"{failed}; {shown(shelf.answer)} was replaced before{where}") from None


def kept_words(kata: Kata, taken: list[Copy], whose: str) -> str:
    """Where to find what was replaced, as the copies are now; nothing about stubs."""
    told = []
    for copy in taken:
        data = files.read(copy.path)
        if data is not None and not stubs.is_untouched(kata, data):
            told.append(shown(copy.path) + ("" if copy.holds(data) else " (changed after it was kept)"))
    return f"; {whose} is in {' and '.join(told)}" if told else ""
