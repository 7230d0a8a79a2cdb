"""`make watch` on a real terminal, in a copy of the repository: what its tests share."""

from __future__ import annotations

import ast
import math
import os
import shlex
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.core import processes
from dojo.core.places import ROOT, all_katas
from dojo.core.start import command as started_by
from dojo.upkeep.copies import learners_copy
from dojo.upkeep.terminal import Terminal

KATA = "2_nonblocking/01_accept_would_block.py"
RIGHT = (ROOT / "solutions" / KATA).read_text(encoding="utf-8")
WRONG = "def accept_pending(listener):\n    return [42]\n"
# Not for good, which would be known at once: until the test's deadline.
HANGS = "def accept_pending(listener):\n    listener.settimeout(3600)\n    return [listener.accept()]\n"
SUITE = ROOT / "tests/2_nonblocking/test_01_accept_would_block.py"
KEYS = "q quit"
Watch = Callable[..., Terminal]


def cases(suite: Path) -> int:
    """How many tests a suite has: a function that is parametrised is one for each value of its list."""
    number = 0
    for node in ast.parse(suite.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            lists = [one.args[1] for one in node.decorator_list if isinstance(one, ast.Call) and len(one.args) > 1]
            number += math.prod(len(one.elts) for one in lists if isinstance(one, ast.List))
    return number


TESTS = cases(SUITE)


def all_green(screen: str) -> bool:
    """The whole screen of 2.1 when all of it is right."""
    return f"accept_would_block  {TESTS} of {TESTS} green" in screen and "Your tape" in screen and KEYS in screen


def first_red(screen: str) -> bool:
    """The whole screen of 2.1 when its first test is not."""
    return f"accept_would_block  0 of {TESTS} green" in screen and "FAILED" in screen and KEYS in screen


@pytest.fixture
def two_chapters(tmp_path: Path) -> Path:
    """A copy of the repository with nothing judged in it yet; two chapters, and the katas are the stubs."""
    copy = tmp_path / "a path with spaces"
    learners_copy(copy, without={kata.directory for kata in all_katas() if kata.chapter > 2})
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


@pytest.fixture
def answer(two_chapters: Path) -> Path:
    return two_chapters / "katas" / KATA


@pytest.fixture
def watch(two_chapters: Path) -> Iterator[Watch]:
    """`watch(K)` starts it in the copy, on a terminal of 100 columns and 40 lines, or of another size."""
    started: list[Terminal] = []

    def start(
        wanted: str = "2.1", command: list[str] | None = None, size: tuple[int, int] = (100, 40), **more: str
    ) -> Terminal:
        command = command or started_by("dojo", "watch", root=two_chapters)
        terminal = Terminal(command, two_chapters, environment() | {"K": wanted} | more, size)
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.close()


def environment() -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "MAKE", "MFLAGS", "DOJO"))
    }
    return kept | {"TERM": "xterm", "LC_ALL": "C.UTF-8"}


def typed(two_chapters: Path) -> str:
    """The watch as a line of the shell: paths may have spaces."""
    return shlex.join(started_by("dojo", "watch", root=two_chapters))


def in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def whole(terminal: Terminal) -> bool:
    """Whether it shows the normal screen, makes lines of what is typed, and echoes it."""
    wanted: int = termios.ICANON | termios.ECHO | termios.ISIG
    return not terminal.shown.alternate and terminal.mode()[3] & wanted == wanted


def ends(pid: int) -> bool:
    """Whether a process that was told to end does so; it may take a moment, and has a minute."""
    try:
        ended = processes.exit_descriptor(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(processes.poll_for(ended).poll(60_000))
    finally:
        os.close(ended)


def where(process: Path) -> str:
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return ""
