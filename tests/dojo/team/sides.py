"""The sides in a directory: whose they are, and what each has handed in."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from dojo.core import files
from dojo.core.places import CHAPTER, ROOT, BadInput, Kata, shown

SIDES_AT_MOST = 1000
NAME_CHARACTERS = 80


@dataclass(frozen=True)
class Answer:
    """What one team has handed in for one kata: its bytes, or why there are none."""

    team: str
    kata: Kata
    data: bytes | None = None
    refused: str = ""  # why the file that is there is not read; empty where there is no file

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes; empty without any."""
        return "" if self.data is None else hashlib.sha256(self.data).hexdigest()


def find(sides: str, command: str = "judge") -> dict[str, Path]:
    """The directory of each team, by its name, in the order of the names; `command` is who asks.

    A directory without a chapter is a team that has handed in nothing; files, and names
    that begin with a dot, are not looked at. Raises BadInput, in one line, for what is no
    directory of sides and for a name that cannot be one.
    """
    if not sides:
        raise BadInput(f"make {command} takes a directory of sides: SIDES=teams, in which each is laid out like katas/")
    place = Path(sides) if Path(sides).is_absolute() else ROOT / sides
    if not place.is_dir():
        raise BadInput(f"SIDES={sides} does not exist: it takes a directory of sides, each laid out like katas/")
    try:
        found = sorted(path for path in place.iterdir() if path.is_dir() and not path.name.startswith("."))
        chapters = [path for path in found if any(CHAPTER.fullmatch(child) for child in _listed(path))]
    except OSError as error:
        raise BadInput(f"SIDES={sides} cannot be read: {error.strerror}") from None
    if not chapters:
        raise BadInput(f"SIDES={sides} holds no side: in it are directories, each laid out like katas/")
    if len(found) > SIDES_AT_MOST:
        raise BadInput(f"SIDES={sides} holds {len(found)} directories: {SIDES_AT_MOST} sides are judged at most")
    teams: dict[str, str] = {}
    for path in found:
        _check(path.name)
        same = teams.setdefault(unicodedata.normalize("NFKC", path.name).casefold(), path.name)
        if same != path.name:
            raise BadInput(f"SIDES={sides} holds two teams of one name: {same} and {path.name}")
    return {path.name: path for path in found}


def _listed(place: Path) -> list[str]:
    """What is in a directory; nothing of one that cannot be read: its answers say so."""
    try:
        return os.listdir(place)
    except OSError:
        return []


def _check(name: str) -> None:
    """Raise BadInput for a name that a table, a page or a spreadsheet could take for something else."""
    bad = next((char for char in name if not char.isprintable() or char in "\\/"), "")
    if bad:
        raise BadInput(f"a team cannot be called {name!a}: {bad!a} is in it")
    if not (name[0].isalnum() or name[0] == "_"):
        raise BadInput(f"a team cannot be called {name}: a name begins with a letter or a digit")
    if len(name) > NAME_CHARACTERS:
        raise BadInput(f"a team cannot be called {name[:20]}…: a name has {NAME_CHARACTERS} characters at most")


def read(team: str, side: Path, kata: Kata) -> Answer:
    """What a team has handed in for a kata. Nothing outside its side is: a link that leads there is refused."""
    path = side / kata.path
    try:
        data = files.read(path)
        if data is not None and not path.resolve().is_relative_to(side.resolve()):
            raise BadInput(f"{path} cannot be read: it is a link that leads out of its side")
    except BadInput as error:
        return Answer(team, kata, refused=str(error).replace(shown(path), kata.path).replace(str(path), kata.path))
    return Answer(team, kata, data)
