"""Where things are: chapters, katas and sides.

The tree is the only registry. A kata exists because its suite exists, at
``tests/<chapter>/test_<kata>.py``; every side has its module at
``<side>/<chapter>/<kata>.py``.
"""

from __future__ import annotations

import functools
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from dojo.core import routes

ROOT = Path(__file__).resolve().parents[3]
# What tools have made here, and git does not keep: a copy does without it.
MADE = {".git", ".venv", ".dojo", "wheels", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__"}
# What a learner's commands look at of tests/proof; the rest of it is the repository's own.
PROOF, STUBS = ROOT / "tests" / "proof", ROOT / "tests" / "proof" / "stubs"
SUITE = re.compile(r"test_(\d\d)_(\w+)\.py")
CHAPTER = re.compile(r"(\d)_(\w+)")
PROGRAM = re.compile(r"^def serve\(", re.MULTILINE)


class BadInput(Exception):
    """Something the user asked for does not exist; its text is one clear line."""


@dataclass(frozen=True, order=True)
class Kata:
    """One behaviour to learn, found by its suite."""

    chapter: int
    number: int
    directory: str
    name: str

    @property
    def id(self) -> str:
        """What ``K=`` takes, as in ``2.1``."""
        return f"{self.chapter}.{self.number}"

    @property
    def path(self) -> str:
        """The module's path inside any side."""
        return f"{self.directory}/{self.number:02}_{self.name}.py"

    @functools.cached_property
    def suite(self) -> Path:
        """The file with this kata's tests."""
        return ROOT / "tests" / self.directory / f"test_{self.number:02}_{self.name}.py"

    @property
    def stub(self) -> Path:
        """The kata's file as everybody gets it; its name keeps editors from opening it in place of the kata."""
        return STUBS / f"{self.path}.stub"

    def kept(self, kind: str) -> list[Path]:
        """Answers kept for this kata; `kind` is ``mistakes``, ``alternatives`` or ``rounds``."""
        return sorted((PROOF / kind / self.path).with_suffix("").glob("*.py"))


@functools.cache
def kata_of(suite: Path) -> Kata | None:
    """The kata that a test file judges; None for any other file."""
    found = SUITE.fullmatch(suite.name)
    chapter = CHAPTER.fullmatch(suite.parent.name)
    # Resolved, because a checkout may be reached through a symbolic link, and ROOT is what it leads to.
    if found is None or chapter is None or suite.parent.parent.resolve() != ROOT / "tests":
        return None
    return Kata(int(chapter[1]), int(found[1]), suite.parent.name, found[2])


def all_katas() -> list[Kata]:
    """Every kata of the repository, in the order of the syllabus."""
    suites = (ROOT / "tests").glob("[0-9]_*/test_[0-9][0-9]_*.py")
    return sorted(kata for suite in suites if (kata := kata_of(suite)))


def programs() -> list[Kata]:
    """The katas that are programs: they offer ``serve(listener)``, as their stubs say."""
    return [kata for kata in all_katas() if PROGRAM.search(kata.stub.read_text(encoding="utf-8"))]


def ends_chapter(kata: Kata) -> bool:
    """Whether it is the last kata of its chapter."""
    return kata.suite == max(kata.suite.parent.glob("test_[0-9][0-9]_*.py"))


def choose(wanted: str) -> list[Kata]:
    """The katas that ``K=`` names, in that order, each once; nothing names all.

    ``2.1`` is one, ``2`` a chapter, ``2.1-2.4`` and ``2-3`` are ranges, ``document`` is a
    route (routes.py); a list of these has blanks or commas between them. The path of a
    kata's file, on any side, or of its suite names it too: so an editor can.

    Raises BadInput with the nearest answers when there is no such kata.
    """
    if not wanted:
        return all_katas()
    chosen: dict[Kata, None] = {}
    for word in words_of(wanted):
        chosen |= dict.fromkeys(_of_a_file(word) if word.endswith(".py") else _of_a_word(word, wanted))
    if not chosen:
        raise BadInput("K= holds only blanks and commas: write K=2.1 for one kata, or nothing for all")
    return list(chosen)


def words_of(wanted: str) -> list[str]:
    """The words of a list; a path is one word, with the blanks that are in it."""
    if wanted.endswith(".py") and Path(wanted).parent.is_dir():
        return [wanted]
    return wanted.replace(",", " ").split()


def _of_a_file(path: str) -> list[Kata]:
    on_a_side = _on_a_side(path)
    for kata in all_katas():
        if (on_a_side and on_a_side.match(kata.path)) or _is(Path(path), kata.suite):
            return [kata]
    raise BadInput(f"K={path} is not the file of a kata, nor of its tests")


def _of_a_word(word: str, wanted: str) -> list[Kata]:
    if route := routes.named(word):
        found = [kata for kata in all_katas() if kata.id in route.katas.split()]
        if not found:
            raise BadInput(f"K={wanted}: no kata of the route {word} is in this copy")
        return sorted(found, key=lambda kata: route.katas.split().index(kata.id))
    first, is_range, last = word.partition("-")
    if not is_range:
        return _of_a_number(word, wanted)
    begin, end = _of_a_number(first, wanted)[0], _of_a_number(last, wanted)[-1]
    if end < begin:
        raise BadInput(f"K={wanted}: {word} runs backwards: write K={last}-{first}")
    return [kata for kata in all_katas() if begin <= kata <= end]


def _of_a_number(word: str, wanted: str) -> list[Kata]:
    exact = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]{1,4}))?", word)
    if exact is None:
        what = "" if word == wanted else f": {word or 'an end of a range'}"
        names = " or ".join(route.name for route in routes.ROUTES)
        raise BadInput(
            f"K={wanted}{what} is not a kata: write K=2.1 for one, K=2 for a chapter, "
            f'K="1.4 2.1-2.4" for a list, K={names} for a route'
        )
    katas = all_katas()
    chosen = [kata for kata in katas if kata.chapter == int(exact[1])]
    if not chosen:
        chapters = sorted({str(kata.chapter) for kata in katas})
        raise BadInput(f"K={wanted}: there is no such chapter; there are {', '.join(chapters)}")
    if exact[2] is None:
        return chosen
    one = [kata for kata in chosen if kata.number == int(exact[2])]
    if not one:
        raise BadInput(f"K={wanted}: there is no such kata; chapter {exact[1]} has {chosen[0].id} to {chosen[-1].id}")
    return one


def _is(path: Path, other: Path) -> bool:
    return path.resolve() == other.resolve()


def side_named(wanted: str, asked: str) -> str:
    """The side that is meant: the one that ``SIDE=`` says, or in which the files lie that ``K=`` says.

    An editor hands over the path of the open file, whosever it is. `asked` is empty
    where nobody said a side: then, and for the path of a suite, it is katas.

    Raises BadInput where they name different sides.
    """
    for path in words_of(wanted):
        asked = _side_of(path, asked, wanted)
    return asked or "katas"


def _side_of(word: str, asked: str, wanted: str) -> str:
    """The side that a word of a list names, or that was `asked` for already; empty if neither is."""
    path = _on_a_side(word)
    if path is None or path.parents[1] == ROOT:
        return asked
    own = path.parents[1]
    try:
        named = find_side(str(own))
    except BadInput:
        raise BadInput(f"K={word} lies on no side: {shown(own)} is not laid out like katas/") from None
    other = find_side(asked) if asked else named
    if not _is(other, named) and not (other.is_file() and _is(other, path)):
        if word != wanted:
            raise BadInput(f"K={word} lies on another side than {asked}: one command works on one side")
        id_ = choose(word)[0].id
        raise BadInput(f"K={word} lies on another side than SIDE={asked}: leave one of the two out, or say K={id_}")
    return asked or shown(own)


def _on_a_side(wanted: str) -> Path | None:
    """The whole path of a kata's file that ``K=`` names, as it is or as its links lead; None for anything else."""
    paths = (Path(wanted).absolute(), Path(wanted).resolve()) if wanted.endswith(".py") else ()
    return next((path for path in paths if any(path.match(kata.path) for kata in all_katas())), None)


@functools.cache  # what was found once stays the side, whatever becomes of it in this run
def find_side(side: str) -> Path:
    """The directory of a side, or one kata's file (a wrong answer's, say).

    Raises BadInput if there is no such thing or no kata can be in it.
    """
    path = Path(side) if Path(side).is_absolute() else ROOT / side
    if path.is_file() and path.suffix == ".py":
        return path
    if not path.is_dir():
        raise BadInput(f"SIDE={side} does not exist: it takes katas, solutions or a directory laid out like them")
    if not any(CHAPTER.fullmatch(child.name) for child in path.iterdir()):
        raise BadInput(f"SIDE={side} holds no chapter: a side is laid out like katas/, with 1_blocking/ in it")
    return path


def module_path(side: Path, kata: Kata) -> Path:
    """The file that answers `kata` on `side`; it may be missing."""
    return side if side.suffix == ".py" else side / kata.path


def shown(path: Path | str) -> str:
    """A path as people type it: from the repository's root where it is inside."""
    try:
        return str(Path(path).relative_to(ROOT))
    except ValueError:
        return str(path)


def typed(command: str, **settings: object) -> str:
    """A command of make as it can be pasted, as in ``make hint K=2.1``.

    A setting without a value is left out, and so is SIDE where it is katas.
    """
    words = []
    for name, value in settings.items():
        if value and not (name == "SIDE" and (ROOT / str(value)).resolve() == (ROOT / "katas").resolve()):
            words.append(shlex.quote(f"{name}={value}".replace("$", "$$")))  # make reads a dollar, too
    return " ".join(["make", command, *words])
