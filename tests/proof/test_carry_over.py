"""What an earlier edition kept in .dojo is carried over, whatever happens while it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dojo.core import records
from dojo.core.places import ROOT, all_katas
from dojo.learner import carry_over, hints_given
from dojo.report import progress
from dojo.upkeep.races import Ground
from proof.grounds import killed_at, steps
from proof.learners import KATA, make

SECOND = "2025-01-02_03-04-05"


def first_edition(home: Path) -> dict[str, bytes]:
    """What the first edition would have left in .dojo; returns the kept copies by their names."""
    directory = (home / "kept" / KATA).with_suffix("")
    directory.mkdir(parents=True)
    names = [SECOND, f"{SECOND}_1", f"{SECOND}_9", f"{SECOND}_10", "2025-03-01_00-00-00"]
    copies = {name: f"# kept at {name}\n".encode() for name in names}
    for name, text in copies.items():
        (directory / f"{name}.py").write_bytes(text)
    katas, red = str(ROOT / "katas"), str(ROOT / "teams/red")
    lines = [[katas, "1.1", "red"], [red, "2.1", "hung"], [katas, "1.1", "green"]]
    (home / "progress").write_text("\n".join(map(json.dumps, lines)) + '\n["cut sh')
    (home / "hints.json").write_text(json.dumps({"tests/2_nonblocking/test_01_accept_would_block.py::test_a[b::c]": 2}))
    return copies


def check_carried_over(home: Path, copies: dict[str, bytes]) -> None:
    katas = home / "sides" / records.key_of(ROOT / "katas")
    found = [path.read_bytes() for path in sorted((katas / "kept" / KATA).with_suffix("").iterdir())]
    assert found == list(copies.values())
    assert progress.said(ROOT / "katas") == {all_katas()[0].path: "green"}
    assert progress.said(ROOT / "teams/red") == {KATA: "hung"}
    assert hints_given.read("katas") == {KATA: {"test_a[b::c]": 2}}
    assert sorted(path.name for path in home.iterdir()) == ["lock", "sides", "version"]
    assert records.version() == records.VERSION


def test_what_the_first_edition_kept_is_carried_over(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    copies = first_edition(ground.home)
    carry_over.run()
    assert "5 kept copies are of katas now" in capsys.readouterr().err
    check_carried_over(ground.home, copies)
    carry_over.run()
    assert capsys.readouterr().err == ""
    check_carried_over(ground.home, copies)


def test_what_the_first_edition_keeps_later_is_carried_over_as_well(ground: Ground) -> None:
    carry_over.run()
    assert not ground.home.exists(), "nothing is made where nothing is kept"
    records.made(Path(ground.side))
    copies = first_edition(ground.home)
    carry_over.run()
    check_carried_over(ground.home, copies)


def test_a_kill_while_it_is_carried_over_loses_nothing(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in steps():
        home = memory / str(step) / ".dojo"
        monkeypatch.setattr(records, "HOME", home)
        home.mkdir(parents=True)
        copies = first_edition(home)
        done = not killed_at(step, carry_over.run)
        carry_over.run()
        for part in home.rglob("*.part"):
            part.unlink()
        check_carried_over(home, copies)
        if done:
            break
    assert step > 15


def test_other_peoples_files_in_the_old_places_are_put_by(ground: Ground) -> None:
    first_edition(ground.home)
    (ground.home / "kept" / "notes.txt").write_text("mine")
    carry_over.run()
    assert [path.read_text() for path in ground.home.glob("first_edition/*/notes.txt")] == ["mine"]
    carry_over.run()
    assert not (ground.home / "kept").exists()


def test_what_cannot_be_carried_over_stays(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first_edition(ground.home)
    monkeypatch.setattr(progress, "add", lambda place, more: None)  # as on a full disk
    carry_over.run()
    assert "stays where it is: the marks of" in capsys.readouterr().err
    assert (ground.home / "progress").exists() and (ground.home / "hints.json").exists()


def test_records_of_a_later_edition_are_left_alone(place: Path) -> None:
    (place / ".dojo").mkdir()
    (place / ".dojo" / "version").write_text("3\n")
    ran = make(place, "reset", K="2.1")
    assert ran.returncode == 2
    assert ran.stderr.startswith(".dojo was written by a later edition (layout 3, this one knows 2)")
    assert [path.name for path in (place / ".dojo").iterdir()] == ["version"]


def test_a_command_carries_over_before_it_begins(place: Path) -> None:
    copies = first_edition(place / ".dojo")
    assert make(place, "undo", K="2.1").returncode == 0
    assert (place / "katas" / KATA).read_bytes() == list(copies.values())[-1]
    assert "✓ 1.1" not in make(place, "help").stdout, "the marks of another copy are not this one's"


def test_kept_work_survives_a_move_of_the_repository(place: Path) -> None:
    (place / "katas" / KATA).write_text("# mine\n")
    make(place, "reset", K="2.1")
    moved = place.rename(place.with_name("moved"))
    make(moved, "undo", K="2.1")
    assert (moved / "katas" / KATA).read_text() == "# mine\n"
