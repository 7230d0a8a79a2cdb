"""`make handout`: a copy for learners: stubs, suites and the learner's commands, and nothing of a reference."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from dojo.core.places import KATAS, MADE, ROOT, STUBS, BadInput, Kata, choose, shown
from dojo.core.screen import write
from dojo.core.virtual_environment import WHEELS, Failed, download
from dojo.report import lesson
from dojo.team import handout_pages

FILES = ("LICENSE", "Makefile", "pyproject.toml", "requirements.txt", ".gitignore", ".vscode", "tests/conftest.py")
NOT_THEIRS = {"team", "upkeep"}  # packages of trainers and maintainers
README = """\
# Socket katas

Each kata is a failing test suite for one behaviour of sockets. Its brief is at the top of its file in `katas/`,
its stub below: edit that file, and no other, until the tests pass. [katas/README.md](katas/README.md) lists them.

You need Linux or macOS (on Windows use WSL), Python 3.10 or newer, and make. In this directory, say:

```sh
make           # where you stand, the next kata, all commands
make watch     # save, and see the verdict; the last line shows the keys
make hint      # the next hint for the first red test
```

The first command sets up `.venv`. {network} The references are not in this copy. When a kata is green,
`make test` and `make watch` show why it is right.
"""
NETWORK = {True: "It needs no network.", False: "It needs the network once."}


def run(wanted: str, side: str) -> int:
    """Make a copy at OUT= with the katas that `wanted` names; with OFFLINE=1 what they need to be set up is in it, too.

    Raises BadInput; then there is no copy.
    """
    katas, out, offline = choose(wanted), _place(os.environ.get("OUT", "")), bool(os.environ.get("OFFLINE"))
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        part.mkdir(parents=True)
        _copy(katas, part)
        (part / "README.md").write_text(README.format(network=NETWORK[offline]), encoding="utf-8")
        if offline:
            download(part / "requirements.txt", part / WHEELS)
        part.rename(out)  # an empty directory gives way
    except Failed as error:
        raise BadInput(str(error)) from None
    except OSError as error:
        raise BadInput(f"OUT={out} cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    number = f"{len(katas)} kata{'s' * (len(katas) != 1)}"
    write([f"{number} to hand out in {shown(out)}: make, in it, says how to begin"])
    if offline:
        python = f"Python {sys.version_info[0]}.{sys.version_info[1]} on {platform.system()} {platform.machine()}"
        write([f"it is set up without a network by {python}; by others perhaps not"])
    return 0


def _place(asked: str) -> Path:
    """Where the copy will be: a path at which nothing is, or an empty directory. Raises BadInput."""
    if not asked:
        raise BadInput("make handout takes the directory that it is to make: OUT=/tmp/katas")
    out = ROOT / asked
    if out.resolve().is_relative_to(ROOT):
        raise BadInput(f"OUT={asked} lies in this repository: a copy for others lies outside")
    if os.path.lexists(out) and (out.is_symlink() or not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"OUT={asked} is there already: take a new name, or remove it")
    return out.resolve()


def _copy(katas: Sequence[Kata], target: Path) -> None:
    """Copy what learners need; all else stays here, whatever it is: the answers of others may lie beside it."""
    for name in FILES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name)
        elif (ROOT / name).exists():
            _put(ROOT / name, target / name)
    engine = ROOT / "tests" / "dojo"
    shutil.copytree(engine, target / "tests" / "dojo", ignore=lambda _, names: (MADE | NOT_THEIRS) & set(names))
    pages = {path for path in (STUBS / "earlier.txt", KATAS / "katas" / "README.md") if path.exists()}
    for kata in katas:
        _put(kata.stub, target / kata.stub.relative_to(KATAS))
        _put(kata.stub, target / "katas" / kata.path)
        _put(kata.suite, target / kata.suite.relative_to(KATAS))
        pages |= {path for path in (KATAS / "katas" / kata.directory).iterdir() if path.suffix in (".md", ".svg")}
    for page in pages:
        _put(page, target / page.relative_to(KATAS))
    for page in pages:
        if page.suffix == ".md":
            handout_pages.adapt(target / page.relative_to(KATAS), katas)
    _put_lessons(katas, target / lesson.LESSONS.relative_to(KATAS))


def _put_lessons(katas: Iterable[Kata], target: Path) -> None:
    """What each reference says of itself, and nothing of its code: it is shown when a kata is green."""
    said = {kata.path: lesson.why(kata) for kata in katas if lesson.has_reference(kata)}
    target.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
