"""What the repository's own tests share: a process that judges, and the katas."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from dojo.core import records
from dojo.core.places import MADE, ROOT, all_katas
from dojo.judge.remote import Remote
from dojo.upkeep.copies import learners_copy
from dojo.upkeep.races import Ground
from proof.tools import is_stub
from proof.watched import answer, two_chapters, watch

__all__ = ["answer", "two_chapters", "watch"]  # fixtures

# Their tests look at what one long preparation has found: one worker has them all, and begins with them.
TOGETHER = ("test_hostile.py", "test_truth.py", "test_tape_browser.py")


class Together(LoadScopeScheduling):
    """Each test goes where there is room; what belongs together goes as a whole.

    The mark xdist_group is for this, and has no effect with xdist 3.8 and pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file.endswith(TOGETHER) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.fixture(scope="session")
def judge() -> Iterator[Remote]:
    """A helper process that judges single tests, on any file."""
    remote = Remote()
    yield remote
    remote.close()


@pytest.fixture(scope="session")
def tapes() -> Iterator[Remote]:
    """A helper process that judges single tests, and keeps the tapes of right answers too."""
    remote = Remote(DOJO_TAPES="1")
    yield remote
    remote.close()


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository under a path with spaces, as a fresh clone has it, with this very environment."""
    copy = tmp_path_factory.mktemp("clone") / "a path with spaces"
    shutil.copytree(ROOT, copy, ignore=lambda _, names: MADE & set(names))
    for kata in all_katas():  # somebody may have solved katas here
        shutil.copyfile(kata.stub, copy / "katas" / kata.path)
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A download of the repository: no git, nothing judged."""
    copy = tmp_path / "a path with spaces"
    learners_copy(copy)
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A directory in memory, where that is: thousands of commands sync what they write."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=shared) as made:
        yield Path(made)


@pytest.fixture
def ground(memory: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A side with one kata, and its records in the same place."""
    monkeypatch.setattr(records, "HOME", memory / ".dojo")
    return Ground(memory)


@pytest.fixture
def far(memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A side on another file system than its records."""
    if memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here to put a side on")
    monkeypatch.setattr(records, "HOME", tmp_path / ".dojo")
    return Ground(memory)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line how much was proved."""
    katas = all_katas()
    tests = sum(kata.suite.read_text(encoding="utf-8").count("\ndef test_") for kata in katas)
    wrong, right = (sum(len(kata.kept(kind)) for kata in katas) for kind in ("mistakes", "alternatives"))
    here = Path(__file__).parent
    reports, hostile = len(list((here / "reports").iterdir())), len(list((here / "hostile").glob("*.py")))
    terminalreporter.write_line(
        f"{len(katas)} katas, {tests} tests, {wrong} wrong answers, {right} alternative right answers, "
        f"{hostile} hostile answers, {reports} kept reports"
    )
    if begun := [kata.id for kata in all_katas() if not is_stub(kata)]:
        terminalreporter.write_line(f"proved from the kept stubs, for these are not as handed out: {', '.join(begun)}")
    for skipped in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"not checked here: {skipped.longrepr[2].removeprefix('Skipped: ')}")
