"""`make kata`, KATAS= and `make check K=`: a trainer's own katas begin as templates, work as all do, and are proven."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dojo.commands import BOARD, BROWSER, CHECK, MUTANTS
from dojo.core.columns import columns
from dojo.core.environment import environment
from dojo.core.places import ROOT, choose
from dojo.core.start import command
from dojo.team import kata as new_kata
from dojo.upkeep import check
from proof.courses import WRONG
from proof.learners import KATA, make
from proof.watched import KEYS, RIGHT, Watch, all_green, in_place

STEM = "8_own/14_close_sends_fin"
SIX = {
    f"katas/{STEM}.py",
    f"solutions/{STEM}.py",
    "tests/8_own/test_14_close_sends_fin.py",
    f"tests/proof/stubs/{STEM}.py.stub",
    f"tests/proof/mistakes/{STEM}/returns_nothing.py",
    f"tests/proof/alternatives/{STEM}/in_another_way.py",
}


def asked(name: str, katas: Path | str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of this repository's engine, on katas that lie elsewhere."""
    return subprocess.run(
        command("dojo", name),
        cwd=ROOT,
        env=environment() | {"KATAS": str(katas), "COLUMNS": "80"} | more,
        capture_output=True,
        text=True,
        timeout=300,
    )


def begun(katas: Path, wanted: str = "8.14", name: str = "close_sends_fin") -> subprocess.CompletedProcess[str]:
    return asked("kata", katas, K=wanted, NAME=name)


def files(place: Path) -> set[str]:
    return {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A directory outside of the repository, with one finished kata: 2.1."""
    place = tmp_path / "my own katas"
    [kata] = choose("2.1")
    for path in (kata.suite, kata.stub, ROOT / "solutions" / kata.path):
        copied(path, place)
    for kind in ("mistakes", "alternatives"):
        for path in kata.kept(kind):
            copied(path, place)
    (place / "katas" / kata.directory).mkdir(parents=True)
    shutil.copyfile(kata.stub, place / "katas" / kata.path)
    return place


def copied(path: Path, place: Path) -> None:
    target = place / path.relative_to(ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def test_the_six_files_of_a_kata_are_there_and_each_says_what_is_missing(tmp_path: Path) -> None:
    katas = tmp_path / "own"
    ran = begun(katas)
    assert ran.returncode == 0, ran.stderr
    assert files(katas) == SIX
    for name in SIX:
        text = (katas / name).read_text(encoding="utf-8")
        assert "TO WRITE" in text and "$" not in text
        assert name in ran.stdout
        compile(text, name, "exec")
    assert (katas / f"katas/{STEM}.py").read_text().startswith('"""8.14 close sends fin\n')
    assert max(map(columns, ran.stdout.splitlines())) <= 80 + len(str(katas))
    lines = re.findall("^  make (.*)$", ran.stdout, re.MULTILINE)
    assert [shlex.split(line)[0] for line in lines] == ["stub", "test", "check"]
    assert all(f"KATAS={katas}" in shlex.split(line) for line in lines), "each can be pasted"


def test_a_new_kata_in_the_repository_is_one_of_its_katas(place: Path) -> None:
    ran = make(place, "kata", K="2.9", NAME="close_sends_fin")
    assert "make pages" in ran.stdout and "KATAS=" not in ran.stdout
    assert (place / "katas" / "2_nonblocking" / "09_close_sends_fin.py").exists()
    assert "○ 2.9  close sends fin" in make(place, "help").stdout
    assert "0 of 1" in make(place, "test", K="2.9").stdout
    for wanted, name in (("2.9", "other"), ("2.1", "accept_would_block")):
        again = make(place, "kata", K=wanted, NAME=name)
        assert (again.returncode, again.stderr.count("\n")) == (2, 1)
        assert f"K={wanted} is there already: " in again.stderr


def test_no_file_is_overwritten_and_one_that_was_killed_is_completed(tmp_path: Path) -> None:
    katas = tmp_path / "own"
    begun(katas)
    (katas / "tests/8_own/test_14_close_sends_fin.py").unlink()  # the last one that is written
    (katas / f"tests/proof/mistakes/{STEM}/returns_nothing.py").unlink()
    (katas / f"solutions/{STEM}.py").write_text("mine\n")
    (katas / f"katas/{STEM}.py").unlink()
    (katas / f"katas/{STEM}.py").symlink_to("nowhere")
    ran = begun(katas)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("it was there") == 4
    assert (katas / f"solutions/{STEM}.py").read_text() == "mine\n"
    assert (katas / f"katas/{STEM}.py").is_symlink()
    assert files(katas) | {f"katas/{STEM}.py"} == SIX


def test_a_chapter_has_one_name(tmp_path: Path) -> None:
    katas = tmp_path / "own"
    assert begun(katas, "8.1", "closing/close_sends_fin").returncode == 0
    assert begun(katas, "8.2", "close_twice").returncode == 0
    assert {path.name for path in (katas / "katas").iterdir()} == {"8_closing"}
    ran = begun(katas, "8.3", "other/close_thrice")
    assert "chapter 8 is there and is called closing: write NAME=close_thrice" in ran.stderr


@pytest.mark.parametrize(
    ("wanted", "name", "words"),
    [
        ("", "a", "is no number for a kata: write K=8.1"),
        ("8", "a", "K=8 is no number"),
        ("8.1-8.2", "a", "is no number"),
        ("0.1", "a", "is no number"),
        ("8.100", "a", "is no number"),
        ("10.1", "a", "is no number"),
        ("8.1 8.2", "a", "is no number"),
        ("../8.1", "a", "is no number"),
        ("8.1", "", "NAME= is no name for a kata"),
        ("8.1", "../a", "is no name"),
        ("8.1", "a/b/c", "is no name"),
        ("8.1", "/etc/a", "is no name"),
        ("8.1", "Big", "is no name"),
        ("8.1", "a-b", "is no name"),
        ("8.1", "a\x1b[31mb", "NAME=a\\x1b[31mb is no name"),
        ("8.1", "a\nb", "is no name"),
        ("8.1", "a" * 100, "is no name"),
        ("8.1\x1b[31m", "a", "K=8.1\\x1b[31m is no number"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(wanted: str, name: str, words: str, tmp_path: Path) -> None:
    ran = begun(tmp_path / "own", wanted, name)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
    assert words in ran.stderr
    assert not (tmp_path / "own").exists()


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    ran = begun(tmp_path / "file")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "cannot be written: Not a directory" in ran.stderr


@pytest.mark.parametrize("name", ["test", "help", "brief", "check", "judge", "retro"])
def test_a_directory_without_katas_is_one_line(name: str, tmp_path: Path) -> None:
    for katas in (tmp_path, tmp_path / "nowhere", "README.md"):
        ran = asked(name, katas)
        assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
        assert "holds no kata: make kata K=8.1 NAME=my_behaviour KATAS=" in ran.stderr


def test_what_is_missing_is_said_by_make_check(tmp_path: Path) -> None:
    katas = tmp_path / "own"
    begun(katas)
    ran = asked("check", katas, K="8.14")
    assert ran.returncode == 1, ran.stdout
    told = " ".join(ran.stdout.split())
    for words in (
        "tests/proof/mistakes has 1 for this kata: 4 are needed at least",
        "the suite has 1 tests: 5 to 16 are needed",
        "make kata has left this to you:",
        *(f"{name}:" for name in SIX),
        "words of the report that a learner reads",
        "nothing is written here yet",
        "no wrong answer says `breaks: N` of requirement {1, 2}",
    ):
        assert words in told, words
    assert "assert not [" not in told


def outcomes(ran: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """What came of each check, by its name and its case."""
    return dict(re.findall(r"::test_(\S+) (PASSED|FAILED|ERROR|SKIPPED)", ran.stdout))


def test_a_finished_kata_of_ones_own_is_proven(own: Path) -> None:
    ran = asked("check", own, K="2.1")
    assert ran.returncode == 0, ran.stdout
    found = {name: outcome for name, outcome in outcomes(ran).items() if "NOTSET" not in name}  # 2.1 may have no list
    assert set(found.values()) == {"PASSED"}
    kept = {path.stem for kind in ("mistakes", "alternatives") for path in choose("2.1")[0].kept(kind)}
    assert kept <= {name.partition("[2.1-")[2][:-1] for name in found}
    assert "the_solution_is_green_and_covered[2.1]" in found


@pytest.mark.parametrize(
    ("path", "text", "red"),
    [
        (f"solutions/{KATA}", WRONG.read_text(), {"the_solution_is_green_and_covered[2.1]"}),
        (f"solutions/{KATA}", f"{RIGHT}\n\nif not RIGHT:\n    pass\n".replace("RIGHT:", "__name__:"),
         {"the_solution_is_green_and_covered[2.1]"}),
        (f"tests/proof/stubs/{KATA}.stub", RIGHT,
         {"the_stub_is_red_for_the_declared_reason[2.1]", "the_brief_is_short_and_says_what[2.1]"}),
        (f"tests/proof/mistakes/{KATA[:-3]}/ten_at_most.py", None,
         {"a_wrong_answer_is_caught_where_and_as_it_says[2.1-ten_at_most]"}),
        (f"tests/proof/alternatives/{KATA[:-3]}/asks_select_first.py", WRONG.read_text(),
         {"an_alternative_answer_is_green[2.1-asks_select_first]"}),
    ],
    ids=["the reference is red", "a branch is missed", "the stub is green", "a mistake passes", "a right one is red"],
)  # fmt: skip
def test_what_is_said_of_a_kata_and_does_not_hold_is_red(
    path: str, text: str | None, red: set[str], own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # there a file that is not its stub is red, too
    if text is None:  # a mistake that is none
        head = (own / path).read_text().partition('"""\n')[0]
        text = f'{head}"""\n' + RIGHT.partition('"""\n')[2].replace('"""', "'''")
    (own / path).write_text(text)
    ran = asked("check", own, K="2.1")
    assert ran.returncode == 1, ran.stdout
    assert {name for name, outcome in outcomes(ran).items() if outcome not in ("PASSED", "SKIPPED")} == red, ran.stdout


def test_to_prove_one_kata_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[Any] = []
    monkeypatch.setattr(check.virtual_environment, "add", installed.append)
    monkeypatch.setattr(check.subprocess, "call", lambda *_, **__: 0)
    monkeypatch.setattr(check.signal, "signal", lambda *_: None)
    check.run("2.1", "katas")
    assert installed == []
    check.run("", "katas")
    assert installed == [(CHECK, BROWSER, MUTANTS, BOARD)]


def test_check_takes_one_kata_of_the_repository_and_no_other() -> None:
    ran = subprocess.run(
        command("dojo", "check"), cwd=ROOT, env=environment() | {"K": "1.1"}, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout
    assert {re.sub(r".*\[(1\.\d+).*", r"\1", name) for name in outcomes(ran)} == {"1.1"}
    assert any(name.startswith("a_requirement_is_broken_alone[1.1-") for name in outcomes(ran))


def test_a_learners_commands_work_on_katas_that_lie_elsewhere(own: Path) -> None:
    answer = own / "katas" / KATA
    assert "2 nonblocking  0 of 1 green" in asked("help", own).stdout
    assert "document" not in asked("help", own).stdout, "no route leads through them"
    assert f"edit {answer}" in asked("brief", own, K="2.1").stdout
    answer.write_text(WRONG.read_text())
    red = asked("test", own, K="2.1")
    assert red.returncode == 1
    [again] = re.findall(r"`(make test [^`]*)` to try again", " ".join(red.stdout.split()))
    assert f"KATAS={own}" in shlex.split(again)
    assert "hint 1 of" in asked("hint", own, K="2.1").stdout
    assert "2.1 is its stub again" in asked("reset", own, K="2.1").stdout
    assert answer.read_bytes() == (own / "tests/proof/stubs" / f"{KATA}.stub").read_bytes()
    assert "2.1 is back" in asked("undo", own, K="2.1").stdout
    assert answer.read_text() == WRONG.read_text()
    assert "1 of 1 kata green on solutions" in asked("test", own, SIDE="solutions").stdout
    assert f"solutions/{KATA} (the reference)" in asked("diff", own, K="2.1", SPOILER="1").stdout
    ran = asked("reset", own, SIDE="solutions", K="2.1")
    assert "is not yours to reset" in ran.stderr
    shutil.copyfile(own / "solutions" / KATA, answer)
    assert "Take what is in the queue" in asked("test", own, K="2.1").stdout
    assert (ROOT / "katas" / KATA).read_bytes() == choose("2.1")[0].stub.read_bytes(), "the repository's is untouched"


def test_an_editors_path_names_a_kata_that_lies_elsewhere(own: Path) -> None:
    shutil.copyfile(own / "solutions" / KATA, own / "katas" / KATA)
    assert "1 of 1 kata green on" in asked("test", own, K=str(own / "katas" / KATA)).stdout
    ran = asked("test", own, K=str(ROOT / "katas" / "1_blocking" / "01_accept_blocks.py"))
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)


def test_watch_works_on_katas_that_lie_elsewhere(watch: Watch, own: Path) -> None:
    answer = own / "katas" / KATA
    in_place(answer, WRONG.read_text())
    terminal = watch("2.1", KATAS=str(own))
    terminal.until(lambda screen: "FAILED" in screen and KEYS in screen)
    in_place(answer, RIGHT)
    terminal.until(all_green)
    terminal.press("q")
    assert terminal.wait() == 0


def test_a_course_is_judged_on_katas_that_lie_elsewhere(own: Path, tmp_path: Path) -> None:
    teams = tmp_path / "teams"
    for team, path in (("red", own / "solutions" / KATA), ("blue", WRONG)):
        (teams / team / KATA).parent.mkdir(parents=True)
        shutil.copyfile(path, teams / team / KATA)
    more = {"SIDES": str(teams), "OUT": str(tmp_path / "out"), "ROOT": "yes"}
    ran = asked("judge", own, **more)
    assert re.search(r"^red +✓ +1/1$", ran.stdout, re.MULTILINE), ran.stderr
    assert "2 sides, 2 kinds of code" in asked("compare", own, K="2.1", **more).stdout


def test_a_copy_of_katas_that_lie_elsewhere_is_handed_out(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "1 kata to hand out" in asked("handout", own, OUT=str(out)).stdout
    assert not (out / "solutions").exists()
    shutil.copyfile(own / "solutions" / KATA, out / "katas" / KATA)
    assert "1 of 1 kata green on katas" in make(out, "test").stdout


def test_every_template_is_used_and_belongs_to_the_kata(tmp_path: Path) -> None:
    [kata] = choose("2.1")
    used = {template for template, _ in new_kata._files(kata).values()}
    assert {path.stem for path in new_kata.TEMPLATES.iterdir()} == used
    assert kata.suite == [*new_kata._files(kata)][-1], "with the suite a kata exists: it is the last one"
