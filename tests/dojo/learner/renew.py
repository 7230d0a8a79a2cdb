"""`make renew`: today's stubs in the place of earlier ones, and today's briefs for katas that were begun.

A file that is an earlier stub, byte for byte, was never touched and becomes today's.
In one that was begun the brief alone can be renewed, and only when asked for with
MERGE=1: the code below it stays as it is, and the whole file is put aside first.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from dojo.core import files, records, stubs
from dojo.core.places import BadInput, Kata, choose, shown, typed
from dojo.learner.kept_work import changing, each, kept_words, shelf_of
from dojo.learner.put_aside import Shelf

CONFLICT = re.compile(rb"^(<{7} |={7}$|>{7} )", re.MULTILINE)


def run(wanted: str, side: str) -> int:
    """`make renew`: one kata, a chapter, or all; with MERGE= the briefs of katas that were begun, too."""
    merge = bool(os.environ.get("MERGE"))
    return each(choose(wanted), lambda kata: renew(kata, side, merge))


def renew(kata: Kata, side: str, merge: bool) -> str:
    """Bring one answer up to today's stub as far as that loses nothing; says in one line what was done.

    Raises BadInput.
    """
    with records.locked(f"make renew K={kata.id}"):
        shelf = shelf_of(kata, side, "renew")
        stub, now = stubs.current(kata), files.read(shelf.answer)
        if now is None:
            return f"{kata.id}: there is no {shown(shelf.answer)} to renew"
        if now == stub:
            return f"{kata.id} is today's stub already"
        if stubs.is_untouched(kata, now):
            kept = changing(shelf, now, lambda: shelf.replace(stub))
            return f"{kata.id} was not begun, and is today's stub{kept_words(kata, kept, 'what was saved meanwhile')}"
        if stubs.brief_digest(now) == stubs.brief_digest(stub):
            return f"{kata.id} has today's brief already"
        if CONFLICT.search(now):
            return _beside(shelf, stub, "holds marks of a conflict of git's: settle that first")
        merged = with_brief(kata, now, stub)
        if merged is None:
            return _beside(shelf, stub, "has a brief that you have changed, which is not replaced")
        if not merge:
            again = typed("renew", K=kata.id, SIDE=side, MERGE="1")
            return _beside(shelf, stub, f"was begun; {again} puts the new brief above your code")
        kept = changing(shelf, now, lambda: shelf.replace(merged))
        return f"{kata.id} has today's brief, and your code below it{kept_words(kata, kept, 'the file as it was')}"


def with_brief(kata: Kata, begun: bytes, stub: bytes) -> bytes | None:
    """A file with the stub's brief in the place of its own; None if its own is not one that was handed out."""
    old, new = stubs.brief_of(begun), stubs.brief_of(stub)
    handed_out = {brief for _, brief in stubs.earlier().get(kata.path, ())}
    if old is None or new is None or stubs.digest(old[0]) not in handed_out:
        return None
    text = new[0].replace(b"\n", b"\r\n") if b"\r\n" in old[0] else new[0]
    return begun[: old.start()] + text + begun[old.end() :]


def _beside(shelf: Shelf, stub: bytes, why: str) -> str:
    """Put today's stub, whose brief it is about, beside the records of the side."""
    kata = shelf.kata
    try:
        target: Path = records.made(shelf.place) / "briefs" / kata.path
        files.write_whole(target, stub)
    except OSError as error:
        raise BadInput(f"{shown(error.filename)} cannot be written: {error.strerror}") from None
    return f"{kata.id} {why}; the new brief is in {shown(target)}"
