"""`make fresh`: the next group finds nothing, the archive holds everything, and no answer is touched or lost."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.core import records
from dojo.core.places import ROOT, BadInput
from dojo.team import fresh
from dojo.upkeep.races import Ground
from proof.grounds import kept, killed_at, reset, save, steps, undo
from proof.learners import KATA, WRONG, make


def held(*places: Path) -> dict[str, str]:
    """The digests of all files, by their names."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for place in places
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


def cleared(place: Path) -> subprocess.CompletedProcess[str]:
    return make(place, "fresh")


@pytest.fixture
def used(place: Path) -> Path:
    """A copy in which a group has failed, asked for a hint, reset, and begun once more; and a team beside it."""
    answer = place / "katas" / KATA
    answer.write_text(WRONG)
    make(place, "test", K="2.1")
    make(place, "hint", K="2.1")
    make(place, "reset", K="2.1")
    answer.write_text(WRONG + "# again\n")
    make(place, "test", K="2.1")
    team = place / ".dojo" / "session" / "red" / KATA
    team.parent.mkdir(parents=True)
    team.write_text(WRONG)
    return place


def test_the_next_group_finds_nothing_and_the_archive_holds_everything(used: Path) -> None:
    before, answers = held(used / ".dojo"), held(used / "katas")
    ran = cleared(used)
    assert ran.returncode == 0, ran.stderr
    [archive] = (used / ".dojo" / "archive").iterdir()
    moved = {
        name.replace(str(used / ".dojo"), str(archive)): digest
        for name, digest in before.items()
        if Path(name).name not in ("version", "lock")
    }
    assert held(archive) == moved
    assert {"marks", "hints", "log"} <= {Path(name).name for name in moved}
    assert held(used / "katas") == answers, "answers are as they were"
    assert {path.name for path in (used / ".dojo").iterdir()} == {"archive", "lock", "version"}
    assert "○ 2.1  accept would block" in make(used, "help").stdout
    assert "nothing is kept" in make(used, "undo", K="2.1").stdout
    assert "hint 1 of" in make(used, "hint", K="2.1").stdout


def test_it_says_where_the_archive_is_how_large_and_how_to_delete_it(used: Path) -> None:
    said = cleared(used).stdout
    [archive] = (used / ".dojo" / "archive").iterdir()
    files = [path for path in archive.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    told = f"{size} bytes" if size < 1024 else f"{size / 1024:.1f} KiB"
    assert f"archived in .dojo/archive/{archive.name}: {len(files)} files, {told}\n" in said
    assert "katas/ was not touched: 1 kata is begun there, and make reset puts that aside" in said
    [line] = re.findall("^to delete it: (.*)$", said, re.MULTILINE)
    subprocess.run(shlex.split(line), cwd=used, check=True)
    assert not archive.exists()
    assert cleared(used).stdout.startswith("nothing was kept: there is nothing to archive\n")


def test_an_archive_can_be_looked_at(used: Path) -> None:
    cleared(used)
    [archive] = (used / ".dojo" / "archive").iterdir()
    there = str(archive.relative_to(used))
    assert "1 side, 1 kata, 2 runs" in make(used, "retro", SIDES=there).stdout
    ran = make(used, "compare", SIDES=f"{there}/session", K="2.1", ROOT="yes")
    assert "1 side, 1 kind of code" in ran.stdout, ran.stderr
    ran = make(used, "retro")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)


def test_archives_of_one_second_do_not_meet(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.strftime
    monkeypatch.setattr(fresh.time, "strftime", lambda form, *at: real(form, *at) if at else "now")
    for _ in range(3):
        save(ground, ground.text())
        reset(ground)
        assert fresh.run("", "katas") == 0
    assert sorted(path.name for path in (ground.home / "archive").iterdir()) == ["now", "now_1", "now_2"]


@pytest.fixture
def elsewhere(memory: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield memory
    monkeypatch.undo()


def test_a_kill_at_any_step_loses_nothing(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in steps():
        monkeypatch.setattr(records, "HOME", elsewhere / str(step) / ".dojo")
        ground = Ground(elsewhere / str(step))
        save(ground, b"earlier")
        reset(ground)
        save(ground, b"now")
        (ground.home / "session" / "red").mkdir(parents=True)
        (ground.home / "session" / "red" / "answer.py").write_bytes(b"theirs")
        before = sorted(held(ground.home / "sides", ground.home / "session").values())
        answer = held(Path(ground.side))
        killed = killed_at(step, lambda: fresh.run("", "katas"))
        assert held(Path(ground.side)) == answer
        places = [path for path in ground.home.rglob("*") if path.name in ("sides", "session")]
        assert sorted(held(*places).values()) == before, f"killed before change {step}"
        fresh.run("", "katas")
        assert not (ground.home / "sides").exists()
        assert sorted(held(ground.home / "archive").values()) == before
        if not killed:
            assert step > 4, "the steps were seen"
            return


def test_what_is_written_meanwhile_is_in_the_archive(ground: Ground) -> None:
    save(ground, b"# before\n")
    reset(ground)
    with kept(ground)[0].open("ab", buffering=0) as editor:
        fresh.run("", "katas")
        editor.write(b"# typed meanwhile\n")
    [copy] = (ground.home / "archive").rglob("*_*.py")
    assert copy.read_bytes() == b"# before\n# typed meanwhile\n"


def test_it_waits_for_who_changes_answers(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LOCK_SECONDS", 0.2)
    save(ground, b"# before\n")
    reset(ground)
    with (ground.home / "lock").open("r+") as lock:
        lock.write("process 1 (make reset K=2.1)")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BadInput, match=r"waited .* for process 1 \(make reset K=2\.1\)"):
            fresh.run("", "katas")
    assert not (ground.home / "archive").exists()
    fresh.run("", "katas")
    undo(ground)


@pytest.mark.parametrize(("name", "who"), fresh.LOCKS.items())
def test_what_somebody_is_writing_is_not_taken_away(name: str, who: str, ground: Ground) -> None:
    (ground.home / name).parent.mkdir(parents=True)
    with (ground.home / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BadInput, match=f"{who} is at work on .*: end that first"):
            fresh.run("", "katas")
    assert not (ground.home / "archive").exists()
    fresh.run("", "katas")
    assert not (ground.home / name).exists()


def test_a_place_that_cannot_be_written_is_one_line_and_nothing_is_moved(ground: Ground) -> None:
    save(ground, b"# before\n")
    reset(ground)
    (ground.home / "archive").write_text("a file")
    with pytest.raises(BadInput, match=r"archive cannot be written: .*; nothing is lost"):
        fresh.run("", "katas")
    assert kept(ground)


def test_bad_input_is_one_line(place: Path) -> None:
    shutil.copytree(ROOT / "solutions", place / "teams")
    for more in ({"K": "2.1"}, {"SIDE": "teams"}):
        ran = make(place, "fresh", **more)
        assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
        assert "it takes neither K= nor SIDE=" in ran.stderr
    assert not (place / ".dojo" / "archive").exists()
    assert os.listdir(place / "teams")
