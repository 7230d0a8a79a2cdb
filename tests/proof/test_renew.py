"""An upgrade loses nothing: old stubs are known, briefs are renewed on request, .dojo is carried over."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.core import stubs
from dojo.core.places import ROOT, BadInput, Kata, all_katas, choose
from dojo.learner import renew
from dojo.report import progress
from dojo.upkeep.races import Ground
from proof.grounds import kept, save, undo
from proof.learners import KATA, make

FIRST_EDITION = "6dc99fc"
OLD = b'''"""1.1 accept blocks

The brief of long ago.
"""

import socket


def serve_one(listener):
    raise NotImplementedError
'''
BEGUN = OLD.replace(b"    raise NotImplementedError\n", b"    # mine: \xc3\xa9\n    return 1  \n")


@pytest.fixture
def old(ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    """A ground whose kata had another stub once."""
    noted = tmp_path / "earlier.txt"
    shutil.copyfile(stubs.EARLIER, noted)
    monkeypatch.setattr(stubs, "EARLIER", noted)
    stubs.remember(ground.kata, OLD)
    yield ground
    stubs.earlier.cache_clear()


def renewed(ground: Ground, merge: bool = False) -> str:
    return renew.renew(ground.kata, ground.side, merge)


def today(kata: Kata) -> bytes:
    return kata.stub.read_bytes()


# which stubs there were


def test_the_stubs_of_the_first_edition_are_known() -> None:
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", FIRST_EDITION, "tests/stubs"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("without git and its history the first edition's stubs cannot be looked up")
    paths = listed.stdout.split()
    assert len(paths) == 70
    for path in paths:
        shown = subprocess.run(["git", "show", f"{FIRST_EDITION}:{path}"], cwd=ROOT, capture_output=True)
        name = path.removeprefix("tests/stubs/")
        assert (stubs.digest(shown.stdout), stubs.brief_digest(shown.stdout)) in stubs.earlier()[name], name


def test_every_stub_begins_with_its_brief() -> None:
    for kata in all_katas():
        found = stubs.brief_of(today(kata))
        assert found and found.start() == 0
        assert found[0].decode().splitlines()[0].startswith(('"""' + kata.id, 'r"""' + kata.id))


def test_a_new_stub_is_put_in_place_and_the_old_one_noted(place: Path) -> None:
    answer, noted = place / "katas" / KATA, place / "tests/proof/stubs/earlier.txt"
    before, first = noted.read_text(), answer.read_bytes()
    for number in (1, 2):
        answer.write_bytes(first.replace(b"\n", f" {number}\n".encode(), 1))
        assert make(place, "stub", K="2.1").stdout.endswith(f"is katas/{KATA}\n")
    assert (place / f"tests/proof/stubs/{KATA}.stub").read_bytes() == answer.read_bytes()
    more = noted.read_text().removeprefix(before).splitlines()
    assert [line.split()[2] for line in more] == [KATA] * 2, "today's, and the one that came into its place"
    assert make(place, "stub", K="2.1").returncode == 0
    assert noted.read_text().splitlines()[-1] == more[-1], "the same stub again is no news"
    answer.unlink()
    os.mkfifo(answer)
    ran = make(place, "stub", K="2.1")
    assert (ran.returncode, ran.stderr) == (2, f"katas/{KATA} cannot be read: it is a FIFO, not a regular file\n")


# make renew


def test_an_untouched_old_stub_becomes_todays(old: Ground) -> None:
    save(old, OLD)
    progress.note(old.side, old.kata, progress.RED)
    assert progress.marks(old.side)[old.kata.id] == progress.UNTOUCHED
    assert renewed(old) == "1.1 was not begun, and is today's stub"
    assert old.answer.read_bytes() == today(old.kata)
    assert "already" in renewed(old)
    assert "nothing is kept" in undo(old), "a stub is no work"
    save(old, OLD.replace(b"\n", b"\r\n"))
    assert "was not begun" in renewed(old), "whatever git made of the line ends"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("parses", [True, False])
def test_a_begun_file_gets_the_new_brief_above_its_own_code(end: bytes, parses: bool, old: Ground) -> None:
    begun = BEGUN if parses else BEGUN + b"def half(:\n"
    begun = save(old, begun.replace(b"\n", end))
    said = renewed(old)
    assert old.answer.read_bytes() == begun, "not without being asked"
    beside = re.search(r"the new brief is in (\S+)", said)
    assert beside and Path(beside[1]).read_bytes() == today(old.kata)
    assert f"make renew K=1.1 SIDE={old.side} MERGE=1" in said
    said = renewed(old, merge=True)
    brief = stubs.brief_of(today(old.kata))
    assert brief
    code = begun[begun.index(b'"""', 3) + 3 :]
    assert old.answer.read_bytes() == brief[0].replace(b"\n", end) + code
    assert [path.read_bytes() for path in kept(old)] == [begun]
    assert str(kept(old)[0]) in said
    assert "has today's brief already" in renewed(old, merge=True)
    undo(old)
    assert old.answer.read_bytes() == begun


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (BEGUN.replace(b"long ago", b"long ago, with my notes"), "a brief that you have changed"),
        (b"import socket\n", "a brief that you have changed"),
        (b"", "a brief that you have changed"),
        (b"<<<<<<< HEAD\n" + BEGUN + b"=======\n" + OLD + b">>>>>>> theirs\n", "marks of a conflict"),
    ],
    ids=["notes", "no brief", "empty", "conflict"],
)
def test_a_brief_of_ones_own_is_never_written_over(content: bytes, why: str, old: Ground) -> None:
    save(old, content)
    said = renewed(old, merge=True)
    assert why in said and "the new brief is in" in said
    assert old.answer.read_bytes() == content
    assert kept(old) == []


def test_what_is_not_there_or_not_yours_is_not_renewed(old: Ground) -> None:
    assert "there is no" in renewed(old)
    assert not old.answer.exists()
    os.mkfifo(old.answer)
    with pytest.raises(BadInput, match="a FIFO"):
        renewed(old)
    with pytest.raises(BadInput, match="not yours to renew"):
        renew.renew(old.kata, "solutions", False)


def test_a_pull_goes_round_every_conflict(place: Path) -> None:
    """What README advises, with git: two begun katas and an untouched one, whose stubs have all changed."""
    if shutil.which("git") is None:
        pytest.skip("without git there is no pull")

    def git(*arguments: str, where: Path = place) -> str:
        ran = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always", *arguments],
            cwd=where, capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    (place / ".venv").unlink()
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "the first edition")
    mine = place.with_name("mine")
    git("clone", "-q", str(place), str(mine))
    begun, untouched = choose("1")[:2], choose("1")[2]
    for kata in begun:
        with (mine / "katas" / kata.path).open("a") as file:
            file.write(f"\nMINE = {kata.id!r}\n")
    for kata in (*begun, untouched):
        path = place / "katas" / kata.path
        path.write_text(path.read_text().replace("\n\n", "\n\nToday's brief.\n\n", 1))
        assert make(place, "stub", K=kata.id).returncode == 0
    git("commit", "-qam", "the second edition")
    for command in ("stash push -q -- katas", "pull -q", "checkout stash@{0} -- katas/*.py", "restore --staged katas"):
        git(*command.split(), where=mine)
    said = make(mine, "renew", MERGE="1").stdout.splitlines()
    assert [line.split()[0] for line in said] == [kata.id for kata in (*begun, untouched)]
    assert said[-1].endswith("was not begun, and is today's stub")
    for kata in begun:
        text = (mine / "katas" / kata.path).read_text()
        assert "Today's brief." in text and text.endswith(f"MINE = {kata.id!r}\n")
    assert "Today's brief." in (mine / "katas" / untouched.path).read_text()
    assert "nothing to do" in make(mine, "renew", MERGE="1").stdout
