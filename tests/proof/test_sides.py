"""Two teams in one checkout: what is kept, said and asked of one side never reaches the other."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.core import records
from dojo.core.places import ROOT, all_katas, choose, side_named, typed
from proof.learners import KATA, WRONG, make

RED, BLUE = "teams/red", "teams/the blue ones"
# A command that a person is told, up to the words round it.
TOLD = re.compile(r"make (?:test|hint|run|undo|reset|diff|brief|watch|renew)\b[^`;,\n]*")


@pytest.fixture
def teams(place: Path) -> Path:
    """A copy in which two teams have sides of their own."""
    for side in (RED, BLUE):
        shutil.copytree(place / "katas", place / side)
    return place


def test_undo_brings_back_the_code_of_its_own_side(teams: Path) -> None:
    for side in (RED, BLUE):
        (teams / side / KATA).write_text(f"# {side}\n")
        make(teams, "reset", K="2.1", SIDE=side)
    assert "nothing is kept" in make(teams, "undo", K="2.1").stdout, "katas has nothing of either"
    for side in (RED, BLUE):
        make(teams, "undo", K="2.1", SIDE=side)
        assert (teams / side / KATA).read_text() == f"# {side}\n"


def test_two_sides_of_the_same_name_are_two(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "red", tmp_path / "b" / "red"
    assert records.key_of(one) != records.key_of(other)
    assert records.key_of(ROOT / "katas") != records.key_of(Path("/katas"))
    other.parent.mkdir()
    one.mkdir(parents=True)
    other.symlink_to(one)
    assert records.key_of(one) == records.key_of(other), "by whatever path it is named, a side is one"
    assert re.fullmatch(r"[A-Za-z0-9._-]+", records.key_of(tmp_path / "ein team\nmit ümläut/$HOME"))


def test_hints_are_counted_for_each_side_and_begin_again_with_a_reset(teams: Path) -> None:
    for side in (RED, BLUE, "katas"):
        (teams / side / KATA).write_text(WRONG)
        assert "hint 1 of" in make(teams, "hint", K="2.1", SIDE=side).stdout
    assert "hint 2 of" in make(teams, "hint", K="2.1", SIDE=RED).stdout
    make(teams, "reset", K="2.1", SIDE=RED)
    make(teams, "undo", K="2.1", SIDE=RED)
    assert "hint 1 of" in make(teams, "hint", K="2.1", SIDE=RED).stdout
    assert "hint 2 of" in make(teams, "hint", K="2.1", SIDE=BLUE).stdout


def test_the_path_of_a_file_says_whose_it_is(teams: Path) -> None:
    shutil.copy(ROOT / "solutions" / KATA, teams / RED / KATA)
    (teams / BLUE / KATA).write_text(WRONG)
    judged = make(teams, "test", K=f"{RED}/{KATA}")
    assert judged.returncode == 0
    assert f"1 of 1 kata green on {RED}" in judged.stdout
    assert make(teams, "test", K=str(teams / BLUE / KATA)).returncode == 1
    make(teams, "reset", K=f"{BLUE}/{KATA}")
    assert (teams / BLUE / KATA).read_bytes() == (teams / "katas" / KATA).read_bytes()
    assert (teams / RED / KATA).read_bytes() == (ROOT / "solutions" / KATA).read_bytes()
    make(teams, "undo", K=f"{BLUE}/{KATA}", SIDE=BLUE)
    assert (teams / BLUE / KATA).read_text() == WRONG


@pytest.mark.parametrize("task", ["test this kata", "hint"])
def test_the_tasks_of_an_editor_work_for_a_teams_file(task: str, teams: Path) -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    arguments = next(one for one in tasks if one["label"] == task)["args"]
    (teams / BLUE / KATA).write_text(WRONG)
    told = [argument.replace("${relativeFile}", f"{BLUE}/{KATA}") for argument in arguments]
    ran = subprocess.run(["make", *told], cwd=teams, env=clean(), capture_output=True, text=True, timeout=120)
    if task == "hint":
        assert "hint 1 of" in ran.stdout, ran.stderr
    else:
        assert f"0 of 1 kata green on {BLUE}" in ran.stdout, ran.stderr


def clean() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "MAKE", "MFLAGS", "K"))}


@pytest.mark.parametrize("asked", ["katas", BLUE, "solutions", f"solutions/{KATA}"])
@pytest.mark.parametrize("command", ["test", "reset", "hint"])
def test_a_path_and_another_side_are_one_line(command: str, asked: str, teams: Path) -> None:
    (teams / RED / KATA).write_text(WRONG)
    ran = make(teams, command, K=f"{RED}/{KATA}", SIDE=asked)
    assert ran.returncode == 2
    assert ran.stderr == (
        f"K={RED}/{KATA} lies on another side than SIDE={asked}: leave one of the two out, or say K=2.1\n"
    )
    assert (teams / RED / KATA).read_text() == WRONG


def test_a_path_on_no_side_is_one_line(teams: Path) -> None:
    ran = make(teams, "test", K=f"teams/green/{KATA}")
    assert (ran.returncode, ran.stderr) == (
        2,
        f"K=teams/green/{KATA} lies on no side: teams/green is not laid out like katas/\n",
    )


def test_which_side_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    suite = str(choose("2.1")[0].suite)
    for wanted, asked, side in (
        ("", "", "katas"),
        ("2.1", "solutions", "solutions"),
        (f"katas/{KATA}", "", "katas"),
        (f"katas/{KATA}", "katas", "katas"),
        (f"solutions/{KATA}", "", "solutions"),
        (f"solutions/{KATA}", str(ROOT / "solutions"), str(ROOT / "solutions")),
        (f"solutions/{KATA}", f"solutions/{KATA}", f"solutions/{KATA}"),
        (suite, "", "katas"),
        (suite, "solutions", "solutions"),
        (KATA, "solutions", "solutions"),
    ):
        assert side_named(wanted, asked) == side, (wanted, asked)
    link = tmp_path / "current.py"
    link.symlink_to(ROOT / "solutions" / KATA)
    assert side_named(str(link), "") == "solutions"
    assert [kata.path for kata in choose(str(link))] == [KATA]


def test_every_command_that_is_told_keeps_its_side(teams: Path) -> None:
    first = all_katas()[0]
    (teams / BLUE / KATA).write_text(WRONG)
    shutil.copy(ROOT / "solutions" / first.path, teams / BLUE / first.path)
    last = [kata for kata in all_katas() if kata.chapter == 1][-1]
    shutil.copy(ROOT / "solutions" / last.path, teams / BLUE / last.path)
    said = {
        "red": make(teams, "test", K="2.1", SIDE=BLUE).stdout,
        "green": make(teams, "test", K=first.id, SIDE=BLUE).stdout,
        "chapter's end": make(teams, "test", K=last.id, SIDE=BLUE).stdout,
        "status": make(teams, "help", SIDE=BLUE).stdout,
        "diff": make(teams, "diff", K="2.1", SIDE=BLUE).stderr,
        "narrow": make(teams, "test", K="2.1", SIDE=BLUE, COLUMNS="40").stdout,
    }
    told = {name: TOLD.findall(text) for name, text in said.items()}
    assert set(told) - {name for name, commands in told.items() if commands} == {"green"}
    for name, commands in told.items():
        for command in commands:
            assert f"'SIDE={BLUE}'" in command or "SIDE=solutions" in command, (name, command)
    assert f"next: 1.2 {choose('1.2')[0].name}, in {BLUE}/" in said["green"]
    assert f"  {BLUE}/{choose('1.2')[0].path}" in said["status"]
    assert f"edit {BLUE}/{KATA}" in make(teams, "brief", K="2.1", SIDE=BLUE).stdout
    again = next(command for command in told["red"] if command.startswith("make test"))
    ran = subprocess.run(["bash", "-c", again], cwd=teams, env=clean(), capture_output=True, text=True, timeout=120)
    assert f"0 of 1 kata green on {BLUE}" in ran.stdout


def test_after_a_green_file_no_next_kata_is_told(teams: Path) -> None:
    first = all_katas()[0]
    answer = teams / "an answer.py"
    shutil.copy(ROOT / "solutions" / first.path, answer)
    said = make(teams, "test", K=first.id, SIDE=str(answer)).stdout
    assert "1 of 1 kata green" in said
    assert "next:" not in said, "the file holds one kata: the next one is not in it"


def test_plain_pytest_tells_commands_with_their_side(teams: Path) -> None:
    (teams / RED / KATA).write_text(WRONG)
    ran = plain_pytest(teams, f"--side={RED}", "tests/2_nonblocking/test_01_accept_would_block.py")
    assert f"`make hint K=2.1 SIDE={RED}` for a nudge" in ran.stdout


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("katas", "make hint K=2.1"),
        (str(ROOT / "katas"), "make hint K=2.1"),
        ("teams/red", "make hint K=2.1 SIDE=teams/red"),
        ("it's", """make hint K=2.1 'SIDE=it'"'"'s'"""),
        ("5$ each", "make hint K=2.1 'SIDE=5$$ each'"),
    ],
)
def test_a_command_can_be_pasted(side: str, words: str, tmp_path: Path) -> None:
    assert typed("hint", K="2.1", SIDE=side) == words
    (tmp_path / "Makefile").write_text('export SIDE ?= katas\nhint:\n\t@printf %s "$$SIDE"\n')
    ran = subprocess.run(["bash", "-c", words], cwd=tmp_path, env=clean(), capture_output=True, text=True)
    assert ran.stdout == ("katas" if "SIDE" not in words else side)


def plain_pytest(where: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments],
        cwd=where,
        env=clean() | more,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "addopts"),
    [
        (["--side=solutions", "--side=katas"], ""),
        (["--side", "solutions", "--side=solutions"], ""),
        (["--side=katas"], "--side=solutions"),
    ],
)
def test_two_sides_at_once_are_an_error(arguments: list[str], addopts: str, place: Path) -> None:
    ran = plain_pytest(place, *arguments, "tests/2_nonblocking/test_01_accept_would_block.py", PYTEST_ADDOPTS=addopts)
    assert ran.returncode == 4
    assert "--side is given more than once" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_file_that_is_its_stub_is_not_begun_whatever_was_said_of_it(teams: Path) -> None:
    (teams / RED / KATA).write_text(WRONG)
    make(teams, "test", K="2.1", SIDE=RED)
    assert re.search("[✗■] 2.1 ", make(teams, "help", SIDE=RED).stdout)
    shutil.copyfile(teams / "katas" / KATA, teams / RED / KATA)
    assert "○ 2.1 " in make(teams, "help", SIDE=RED).stdout
    (teams / RED / KATA).unlink()
    os.mkfifo(teams / RED / KATA)  # which the page does not wait for
    assert re.search("[✗■] 2.1 ", make(teams, "help", SIDE=RED).stdout)


def test_a_kata_that_this_machine_cannot_show_is_not_green(place: Path) -> None:
    suite = place / "tests" / choose("1.1")[0].suite.relative_to(ROOT / "tests")
    with suite.open("a", encoding="utf-8") as file:
        file.write("\nimport pytest as _pytest\n\npytestmark = _pytest.mark.skip('no such kernel')\n")
    alone = make(place, "test", K="1.1")
    assert alone.returncode == 0, alone.stdout + alone.stderr
    assert re.search(r"0 of \d+  not for this machine", alone.stdout)
    assert "not for this machine  no such kernel" in make(place, "test", K="1.1", COLUMNS="100").stdout
    assert "0 of 1 kata green on katas, 1 not for this machine" in alone.stdout
    assert "Why" not in alone.stdout and "next:" not in alone.stdout
    page = make(place, "help").stdout
    assert "– 1.1 " in page
    assert "1 blocking  0 of" in page
    assert "next: 1.2" in page, "it is not what comes next"
