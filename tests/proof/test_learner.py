"""What a learner does between two tests: look where they stand, ask, compare, begin anew, take it back."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from dojo.core import records
from dojo.core.places import ROOT, STUBS, all_katas, choose, programs
from dojo.core.screen import Screen
from dojo.report import lesson, progress
from dojo.upkeep.races import Ground
from proof.learners import KATA, WRONG, make


def test_marks_say_what_the_tests_said_last(place: Path) -> None:
    assert "next: 1.1 accept_blocks" in make(place, "help").stdout
    shutil.copy(ROOT / "solutions" / KATA, place / "katas" / KATA)
    make(place, "test", K="2.1")
    (place / "katas/1_blocking/01_accept_blocks.py").write_text("def serve_one(listener, greeting):\n    return 1\n")
    make(place, "test", K="1.1")
    shown = make(place, "help").stdout
    assert re.search(r"✓ 2\.1 ", shown)
    assert re.search(r"[✗■] 1\.1 ", shown)
    assert "2 nonblocking  1 of 8 green" in shown
    shutil.rmtree(place / ".dojo")
    assert re.search(r"○ 2\.1 ", make(place, "help").stdout), "deleting the marks loses the marks"


def test_marks_of_two_terminals_and_of_a_crash_are_all_there(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "FULL", 4096)  # so that it is shortened again and again
    katas = all_katas()
    for kata in katas:
        (Path(ground.side) / kata.path).parent.mkdir(exist_ok=True)
        (Path(ground.side) / kata.path).write_text("# begun\n")
    first = os.fork()
    if not first:
        for _ in range(20):
            for kata in katas[::2]:
                progress.note(ground.side, kata, progress.RED)
        os._exit(0)
    for _ in range(20):
        for kata in katas[1::2]:
            progress.note(ground.side, kata, progress.GREEN)
        with (records.of_side(ground.side) / "marks").open("a", encoding="utf-8") as log:
            log.write('["a line that a crash has cut sh')
    os.waitpid(first, 0)
    found = progress.marks(ground.side)
    assert found == {kata.id: progress.GREEN if number % 2 else progress.RED for number, kata in enumerate(katas)}


def test_the_marks_of_another_side_are_its_own(place: Path) -> None:
    make(place, "test", K="2.1", SIDE="solutions")
    assert "✓ 2.1" not in make(place, "help").stdout
    assert "✓ 2.1" in make(place, "help", SIDE="solutions").stdout


def test_reset_keeps_what_was_there_and_undo_brings_it_back(place: Path) -> None:
    answer = place / "katas" / KATA
    stub = answer.read_bytes()
    answer.write_text(WRONG)
    said = make(place, "reset", K="2.1").stdout
    kept = re.search(r"your code is in (\S+\.py)", said)
    assert kept and (place / kept[1]).read_text() == WRONG, said
    assert answer.read_bytes() == stub
    assert "already" in make(place, "reset", K="2.1").stdout
    assert make(place, "undo", K="2.1").returncode == 0
    assert answer.read_text() == WRONG
    assert "nothing is kept" in make(place, "undo", K="2.1").stdout
    # Undo itself loses nothing: what it replaces is kept as well.
    make(place, "reset", K="2.1")
    answer.write_text("# another beginning\n")
    make(place, "undo", K="2.1")
    assert answer.read_text() == WRONG
    make(place, "undo", K="2.1")
    assert answer.read_text() == "# another beginning\n"


def test_a_chapter_and_everything_can_be_reset(place: Path) -> None:
    chapter = [kata for kata in all_katas() if kata.chapter == 2]
    for kata in [*chapter, *choose("1.1")]:
        (place / "katas" / kata.path).write_text("# mine\n")
    said = make(place, "reset", K="2").stdout
    assert len(said.splitlines()) == len(chapter)
    assert (place / "katas/1_blocking/01_accept_blocks.py").read_text() == "# mine\n"
    assert make(place, "reset").stdout.startswith("1.1 is its stub again")
    make(place, "undo", K="2")
    for kata in chapter:
        assert (place / "katas" / kata.path).read_text() == "# mine\n"


def test_a_kata_that_was_deleted_comes_back(place: Path) -> None:
    (place / "katas" / KATA).unlink()
    assert make(place, "reset", K="2.1").returncode == 0
    assert (place / "katas" / KATA).read_bytes() == (STUBS / f"{KATA}.stub").read_bytes()


@pytest.mark.parametrize("side", ["solutions", f"katas/{KATA}"])
def test_what_is_not_the_learners_is_not_reset(side: str, place: Path) -> None:
    ran = make(place, "reset", K="2.1", SIDE=side)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "not yours to reset" in ran.stderr
    assert (place / "solutions" / KATA).read_bytes() == (ROOT / "solutions" / KATA).read_bytes()


def test_the_difference_is_shown_once_it_spoils_nothing(place: Path) -> None:
    refused = make(place, "diff", K="2.1")
    assert refused.returncode == 2
    assert "SPOILER=1" in refused.stderr
    assert f"+++ solutions/{KATA} (the reference)" in make(place, "diff", K="2.1", SPOILER="1").stdout
    alternative = next((ROOT / "tests/proof/alternatives" / KATA).with_suffix("").glob("*.py"))
    shutil.copy(alternative, place / "katas" / KATA)
    make(place, "test", K="2.1")
    shown = make(place, "diff", K="2.1").stdout
    assert "The reference says of itself" in shown
    assert f"--- katas/{KATA} (yours)" in shown


def test_hints_are_numbered_and_go_on(place: Path) -> None:
    first, second = make(place, "hint", K="2.1").stdout, make(place, "hint", K="2.1").stdout
    assert "hint 1 of" in first
    assert "hint 2 of" in second


def test_a_verdict_that_changes_on_one_answer_is_told(place: Path, tmp_path: Path) -> None:
    loses = tmp_path / "loses"
    race = f"import os\n\nif os.path.exists({str(loses)!r}):\n    accept_pending = lambda listener: 42\n"
    (place / "katas" / KATA).write_text((ROOT / "solutions" / KATA).read_text(encoding="utf-8") + race)
    loses.touch()
    assert make(place, "test", K="2.1").returncode == 1
    loses.unlink()
    told = make(place, "hint", K="2.1").stdout
    assert "there is nothing to hint at" in told
    assert "2.1 was red before, on the same answer, in the test: nobody is connecting" in told
    (place / "katas" / KATA).write_text((ROOT / "solutions" / KATA).read_text(encoding="utf-8"))
    assert "was red before" not in make(place, "hint", K="2.1").stdout


def test_the_brief_needs_no_editor_and_outlives_the_answer(place: Path) -> None:
    (place / "katas" / KATA).write_text(WRONG)
    shown = make(place, "brief", K="2.1").stdout
    assert shown.startswith("2.1 accept would block")
    assert shown.rstrip().endswith(f"edit katas/{KATA}")
    assert make(place, "brief").stdout.startswith("1.1 accept blocks"), "without K it is the next kata's"


def test_a_green_kata_says_why_it_matters_and_what_comes_next(place: Path) -> None:
    last = [kata for kata in all_katas() if kata.chapter == 1][-1]
    program = [kata for kata in programs() if kata.chapter == 1][-1]
    for kata in (*choose("2.1"), last):
        shutil.copy(ROOT / "solutions" / kata.path, place / "katas" / kata.path)
    shown = make(place, "test", K="2.1").stdout
    assert 'Take what is in the queue, and tell "empty" from "broken".' in shown
    assert "next: 2.2 recv_has_four_outcomes" in shown
    shown = make(place, "test", K=last.id).stdout
    assert f"See yours live: make run K={program.id}" in shown
    assert "You can" not in shown, "most katas of the chapter are still to be done"


def test_what_a_chapter_comes_to_is_said_when_all_of_it_is_green(ground: Ground) -> None:
    katas = choose("3")
    for kata in katas:
        (Path(ground.side) / kata.path).parent.mkdir(exist_ok=True)
        (Path(ground.side) / kata.path).write_text("# begun\n")
    for number, kata in enumerate(reversed(katas)):  # the last one first, as at the end of a route
        progress.note(ground.side, kata, progress.ELSEWHERE if number == 5 else progress.GREEN)
        told = "\n".join(lesson.chapter_end(kata, Screen(80), ground.side))
        assert ("You can sleep until" in told) == (number == len(katas) - 1), told
        assert ("See yours live" in told) == (number == 0), told
    progress.note(ground.side, katas[3], progress.RED)
    assert "You can" not in "\n".join(lesson.after_green(katas[-1], None, Screen(80), ground.side))


def test_a_copy_without_references_and_proof_works(place: Path) -> None:
    # learners_copy leaves out the proof; the handout leaves out the references as well.
    last = [kata for kata in all_katas() if kata.chapter == 1][-1]
    program = [kata for kata in programs() if kata.chapter == 1][-1]
    for kata in (*choose("2.1"), last):
        shutil.copy(ROOT / "solutions" / kata.path, place / "katas" / kata.path)
    shutil.rmtree(place / "solutions")
    assert [path.name for path in (place / "tests/proof").iterdir()] == ["stubs"]
    green = make(place, "test", K="2.1")
    assert green.returncode == 0, green.stdout + green.stderr
    assert "The reference is not in this copy." in green.stdout
    assert "next: 2.2" in green.stdout
    assert f"See yours live: make run K={program.id}" in make(place, "test", K=last.id).stdout
    diff = make(place, "diff", K="2.1")
    assert (diff.returncode, diff.stderr) == (2, "The reference is not in this copy.\n")
    assert make(place, "test", SIDE="solutions").stderr.startswith("SIDE=solutions does not exist")
    (place / "katas" / KATA).write_text(WRONG)
    hints = [make(place, "hint", K="2.1").stdout for _ in range(4)]
    assert "the reference is not in this copy" in hints[-1]
    assert "solutions/" not in hints[-1]
    for command in ("reset", "undo", "help", "brief"):
        ran = make(place, command, K="2.1")
        assert (ran.returncode, ran.stderr) == (0, ""), command


def test_a_prediction_stands_beside_the_kernels_answer_with_its_tape(place: Path) -> None:
    [kata] = choose("4.2")
    shutil.copy(ROOT / "solutions" / kata.path, place / "katas" / kata.path)
    shown = make(place, "test", K="4.2").stdout
    assert "✓ REPORTS   you [1, 0, 0, 0]   the kernel [1, 0, 0, 0]" in shown
    assert "epoll.poll(0)               → [listener IN]" in shown
    wrong = (place / "katas" / kata.path).read_text().replace("= [1, 0, 0, 0]", "= [3, 0, 0, 0]")
    (place / "katas" / kata.path).write_text(wrong)
    shown = make(place, "test", K="4.2").stdout
    assert "REPORTS = [1, 0, 0, 0], as the kernel did it" in shown
    assert "REPORTS = [3, 0, 0, 0]" in shown
    assert "epoll.poll(0)               → [listener IN]" in shown


def test_the_path_of_a_file_names_its_kata() -> None:
    [kata] = choose("2.1")
    for path in (f"katas/{KATA}", str(ROOT / "solutions" / KATA), str(kata.suite.relative_to(ROOT))):
        assert choose(path) == [kata]


def test_an_editor_finds_the_red_line(place: Path) -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    pattern = next(task for task in tasks if task["label"] == "test this kata")["problemMatcher"]["pattern"]
    (place / "katas" / KATA).write_text("def accept_pending(listener):\n    raise KeyError(1)\n")
    lines = make(place, "test", K=f"katas/{KATA}").stdout.splitlines()
    found = [
        (first[int(pattern[0]["file"])], first[int(pattern[0]["line"])], second[int(pattern[1]["message"])])
        for line, after in itertools.pairwise(lines)
        if (first := re.search(pattern[0]["regexp"], line)) and (second := re.search(pattern[1]["regexp"], after))
    ]
    assert found == [(f"katas/{KATA}", "2", "raise KeyError(1)")]
