"""`make kata`: the files of a new kata at their paths, each a template in which TO WRITE says what is missing.

Katas of one's own lie in the repository, or with KATAS= in a directory that is laid out
like it: katas/, solutions/, tests/<chapter>/ and tests/proof/. No file is overwritten.
"""

from __future__ import annotations

import os
import re
import string
from pathlib import Path

from dojo.core import files
from dojo.core.places import KATAS, PROOF, ROOT, BadInput, Kata, all_katas, shown, typed
from dojo.core.screen import write

NUMBER = re.compile(r"([1-9])\.([1-9][0-9]?)")
NAME = re.compile(r"(?:([a-z][a-z0-9_]{0,30})/)?([a-z][a-z0-9_]{0,50})")
OWN = "own"  # the name of a new chapter, where NAME= gives none
TEMPLATES = Path(__file__).parent / "new_kata"


def run(wanted: str, side: str) -> int:
    """Write the files of the kata that K= numbers and NAME= names. Raises BadInput."""
    kata = _new(wanted, os.environ.get("NAME", ""))
    values = {"id": kata.id, "title": kata.name.replace("_", " ")}
    made = []
    for path, (template, what) in _files(kata).items():
        text = string.Template((TEMPLATES / f"{template}.txt").read_text(encoding="utf-8"))
        made.append((path, f"{what}: it was there" if not _write(path, text.substitute(values)) else what))
    lines = [f"{kata.id} {kata.name}" + (f", in {KATAS}" if KATAS != ROOT else "")]
    lines += [f"  {path.relative_to(KATAS)}\n      {what}" for path, what in made]
    lines += ["", "Write what is missing: TO WRITE says where. Then say, again and again:"]
    for command in ("stub", "test", "check"):
        lines.append(f"  {typed(command, K=kata.id, SIDE='solutions' if command == 'test' else '')}")
    lines += ["and in the end, for the maps:", f"  {typed('pages')}"] if KATAS == ROOT else []
    write(lines)
    return 0


def _new(wanted: str, name: str) -> Kata:
    """The kata that is asked for. Raises BadInput if it is none, or there already."""
    number, named = NUMBER.fullmatch(wanted), NAME.fullmatch(name)
    if number is None:
        raise BadInput(f"K={wanted} is no number for a kata: write K=8.1, a chapter from 1 to 9 and a number to 99")
    if named is None:
        raise BadInput(
            f"NAME={name} is no name for a kata: write NAME=close_sends_fin, or NAME=own/close_sends_fin to name "
            "a new chapter as well: small letters, digits and _"
        )
    chapter, place = int(number[1]), int(number[2])
    chapters = {kata.directory for kata in all_katas() if kata.chapter == chapter}
    chapters |= {path.name for path in (KATAS / "tests").glob(f"{chapter}_*") if path.is_dir()}
    directory = min(chapters, default=f"{chapter}_{named[1] or OWN}")
    if named[1] and directory != f"{chapter}_{named[1]}":
        raise BadInput(f"NAME={name}: chapter {chapter} is there and is called {directory[2:]}: write NAME={named[2]}")
    for kata in all_katas():
        if (kata.chapter, kata.number) == (chapter, place):
            raise BadInput(f"K={wanted} is there already: {kata.name}, in {shown(kata.suite)}")
    return Kata(chapter, place, directory, named[2])


def _files(kata: Kata) -> dict[Path, tuple[str, str]]:
    """Each file with its template and what it holds; the suite is the last one: with it the kata exists."""
    stem = kata.path.removesuffix(".py")
    return {
        KATAS / "katas" / kata.path: ("stub", "the brief and the stub"),
        kata.stub: ("stub", "the same once more, written by make stub: what make reset brings back"),
        KATAS / "solutions" / kata.path: ("solution", "the reference"),
        PROOF / "mistakes" / stem / "returns_nothing.py": ("mistake", "a wrong answer, one of four or more"),
        PROOF / "alternatives" / stem / "in_another_way.py": (
            "alternative",
            "another right answer, one of two or more",
        ),
        kata.suite: ("suite", "the tests"),
    }


def _write(path: Path, text: str) -> bool:
    """Write a file whole; False if there is one. Raises BadInput."""
    if os.path.lexists(path):
        return False
    try:
        files.write_whole(path, text.encode())
    except OSError as error:
        raise BadInput(f"{shown(path)} cannot be written: {error.strerror}") from None
    return True
