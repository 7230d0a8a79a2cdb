"""Files of a learner's that are called like Python's own modules are nobody's business but the learner's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.core.places import ROOT
from dojo.core.start import command
from dojo.upkeep.copies import learners_copy
from dojo.upkeep.terminal import Terminal
from proof.watched import TESTS

KATA = "2_nonblocking/01_accept_would_block.py"
NAMES = ("socket", "json", "select", "random", "pytest", "dojo", "enum", "runpy", "signal", "struct", "threading")
SPY = "open(__file__ + '.imported', 'w').close()\nraise SystemExit('a file of the learner was imported')\n"
# An answer that imports what lies beside it and in the root, and has to get Python's.
ANSWER = f"""{(ROOT / "solutions" / KATA).read_text(encoding="utf-8")}
import json, os, random, select, socket, sys

assert not {{os.getcwd(), os.path.dirname(__file__), ""}} & set(sys.path), sys.path
"""


@pytest.fixture(params=["root", "beside the kata"])
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A learner's copy with such files, and a right answer on the side katas."""
    copy = tmp_path / "a path with spaces"
    learners_copy(copy)
    (copy / ".venv").symlink_to(sys.prefix)
    (copy / "katas" / KATA).write_text(ANSWER, encoding="utf-8")
    for name in NAMES:
        where = copy if request.param == "root" else (copy / "katas" / KATA).parent
        (where / f"{name}.py").write_text(SPY, encoding="utf-8")
    return copy


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MAKE", "MFLAGS"))}
    return kept | {"TERM": "xterm", "LC_ALL": "C.UTF-8"}


def run(place: Path, *arguments: str) -> str:
    """What a command says that has to end well."""
    ran = subprocess.run(arguments, cwd=place, env=environment(), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not imported(place)
    return ran.stdout


def imported(place: Path) -> list[Path]:
    return list(place.rglob("*.imported"))


def test_make_judges(place: Path) -> None:
    assert "1 of 1 kata green on katas" in run(place, "make", "test", "K=2.1")
    assert "1 of 1 kata green on solutions" in run(place, "make", "test", "K=2.1", "SIDE=solutions")
    assert "2.1 is green" in run(place, "make", "hint", "K=2.1")


@pytest.mark.parametrize("workers", ["0", "2"])
def test_pytest_judges(place: Path, workers: str) -> None:
    suite = "tests/2_nonblocking/test_01_accept_would_block.py"
    assert " passed" in run(place, ".venv/bin/pytest", "-q", "-n", workers, suite)


def test_the_watch_hears_of_saves(place: Path) -> None:
    (place / "katas" / KATA).write_text("def accept_pending(listener):\n    return 42\n", encoding="utf-8")
    terminal = Terminal(["make", "watch", "K=2.1"], place, environment(), (100, 40))
    try:
        terminal.until("FAILED")
        (place / "katas" / KATA).write_text(ANSWER, encoding="utf-8")
        terminal.until(f"{TESTS} of {TESTS} green")
        terminal.press("q")
        assert terminal.wait() == 0
    finally:
        terminal.close()
    assert not imported(place)


def test_a_program_serves(place: Path) -> None:
    (place / "katas/1_blocking/14_blocking_server.py").write_text(
        (ROOT / "solutions/1_blocking/14_blocking_server.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    run = subprocess.Popen(
        ["make", "run", "K=1.14", "PORT=0"], cwd=place, env=environment(), stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert run.stdout is not None
    assert "serving on port" in run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)
    run.communicate(timeout=20)
    assert not imported(place)


def test_an_environment_is_made(place: Path) -> None:
    # So does install.py; pip, which needs a network, is started in the same way.
    run(place, *command("venv", "--without-pip", "made", root=place))
    run(place, *command("pip", "--version", root=place))


def test_what_a_link_leads_to_is_not_emptied(place: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "another environment"
    (theirs / "bin").mkdir(parents=True)
    (theirs / "kept").write_text("by its owner\n", encoding="utf-8")
    (place / ".venv").unlink()
    (place / ".venv").symlink_to(theirs)
    ran = subprocess.run(["make", "test", "K=2.1"], cwd=place, env=environment(), capture_output=True, text=True)
    assert ran.returncode, ran.stdout
    assert ran.stderr.startswith(".venv is a link, and what it leads to is not cleared: remove the link\n"), ran.stderr
    assert (theirs / "kept").read_text(encoding="utf-8") == "by its owner\n"
