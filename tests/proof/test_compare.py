"""`make compare`: the same code stands together, whatever is round it, and each kind has its verdict and a diff."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from dojo.core.columns import columns
from dojo.core.places import choose
from dojo.core.screen import Screen
from dojo.team import compare, same_code
from dojo.team.outputs import Row
from dojo.team.results import Result, Told
from dojo.team.sides import Answer
from proof.courses import HANGS, WRONG, hand_in, refused, solution, trained

ANSWER = "import socket\n\n\ndef accept_pending(listener):\n    return [1, u'a', 16]\n"
SAME = {
    "a comment": "# mine\n" + ANSWER,
    "a docstring": '"""Mine."""\n' + ANSWER.replace("listener):", 'listener):\n    """Take all."""'),
    "other lines": ANSWER.replace("[1, u'a', 16]", "[\n        1,\n        'a',\n        0x10,\n    ]"),
    "line ends": ANSWER.replace("\n", "\r\n"),
    "blanks": ANSWER.replace("    return", "\treturn"),
    "an encoding": "# coding: latin-1\n" + ANSWER,
}
OTHER = {
    "a name": ANSWER.replace("listener", "server"),
    "a value": ANSWER.replace("16", "17"),
    "a type": ANSWER.replace("[1,", "[1.0,"),
    "an order": ANSWER.replace("1, u'a'", "u'a', 1"),
    "a string that is no docstring": ANSWER.replace("import socket\n", "import socket\n'a string'\n"),
}


def row(team: str, data: bytes | str | None, *kinds: str, why: str = "") -> Row:
    """An answer to 2.1 with these verdicts."""
    kata = choose("2.1")[0]
    answer = Answer(team, kata, data.encode() if isinstance(data, str) else data)
    tests = [Told(f"test_number_{place}", kind) for place, kind in enumerate(kinds)]
    result = Result("key", kata.path, "host", "3", "0", tests) if kinds else None
    return Row(answer, len(kinds), result, why)


def teams(*rows: Row) -> list[list[str]]:
    return [[one.answer.team for one in group.rows] for group in same_code.groups(rows)]


@pytest.mark.parametrize("other", SAME)
def test_the_same_code_is_one_kind_whatever_is_round_it(other: str) -> None:
    assert teams(row("red", ANSWER, "passed"), row("blue", SAME[other], "passed")) == [["red", "blue"]]


@pytest.mark.parametrize("other", OTHER)
def test_other_code_is_another_kind(other: str) -> None:
    assert len(teams(row("red", ANSWER, "passed"), row("blue", OTHER[other], "passed"))) == 2


def test_a_body_that_is_a_docstring_does_nothing() -> None:
    one, other = "def f():\n    'a docstring'\n", "def f():\n    pass\n"
    assert teams(row("red", one, "failed"), row("blue", other, "failed")) == [["red", "blue"]]


def test_the_largest_kind_is_first_and_behind_each_the_one_most_like_it() -> None:
    far = "x = 1\ny = 2\nz = 3\n"
    texts = {"a": far, "b": ANSWER + "x = 1\n", "c": ANSWER, "d": ANSWER + "x = 1\ny = 2\n", "e": ANSWER}
    assert teams(*(row(team, text, "passed") for team, text in texts.items())) == [["c", "e"], ["b"], ["d"], ["a"]]


@pytest.mark.parametrize(
    "data",
    [
        b"def f(:\n",
        b"x = '\xff'\n",
        b"x = 1\0\n",
        b"# coding: nothing-known\n",
        b"a" + b".a" * 30_000,
        b"a" + b".a" * 500_000,
        b"-" * 60_000 + b"1",
        b"(" * 60_000,
    ],
    ids=["syntax", "not UTF-8", "zero byte", "no encoding", "deep", "deep and long", "signs", "brackets"],
)
def test_what_does_not_parse_is_told_and_stands_alone(data: bytes) -> None:
    rows = [row("red", data, "could not start"), row("blue", data + b"\n#", "could not start")]
    found = same_code.groups([*rows, row("gold", ANSWER, "passed"), row("pink", data, "could not start")])
    assert [[one.answer.team for one in group.rows] for group in found] == [["gold"], ["red", "pink"], ["blue"]]
    assert re.match("it does not parse|it is longer than 64 KiB: it is not compared", found[1].fault)
    assert "not begun" not in "\n".join(compare.compared(choose("2.1")[0], rows, Screen.plain()))


def test_two_verdicts_on_one_kind_are_both_shown() -> None:
    rows = [row("red", ANSWER, "passed", "passed"), row("blue", "#\n" + ANSWER, "passed", "failed")]
    told = "\n".join(compare.compared(choose("2.1")[0], rows, Screen.plain()))
    assert "2 sides, 1 kind of code" in told
    assert re.search(r"^ 1  ✓ green, 2 of 2 +1 side\n    red$", told, re.MULTILINE)
    assert re.search(
        r"^    ✗ red, 1 of 2 +1 side\n    blue\n    first red test: number 1 \(failed\)$", told, re.MULTILINE
    )


@pytest.mark.parametrize("width", [40, 80])
def test_it_fits_and_a_difference_at_the_end_of_a_line_is_seen(width: int) -> None:
    long = "x = ['{}', 'end']\n".format("日本" * 60)
    rows = [row(f"team {number} " + "日" * 30, "y = 1\n" + long, "passed") for number in range(300)]
    rows += [row("other", "y = 1\n" + long.replace("end", "END"), "failed")]
    lines = compare.compared(choose("2.1")[0], rows, Screen(width))
    assert max(map(columns, lines)) <= width
    told = "\n".join(lines)
    assert re.search(r"^ +and \d+ more$|, and \d+ more$", told, re.MULTILINE), "not all names"
    assert "'end']" in told and "'END']" in told
    assert len(lines) < 40


def test_a_long_difference_is_cut_and_says_so() -> None:
    rows = [row("red", "".join(f"a{number} = {number}\n" for number in range(100)), "passed"), row("blue", "b = 1\n")]
    told = compare.compared(choose("2.1")[0], rows, Screen.plain())
    assert "      and 61 more lines" in told
    longer = row("pink", "".join(f"a{number} = {number}\n" for number in range(1000)), "passed")
    assert "      more than 600 lines: they are not compared" in compare.compared(
        choose("2.1")[0], [rows[0], longer], Screen.plain()
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    place = tmp_path_factory.mktemp("compare") / "teams"
    right = solution().read_bytes()
    for team, text in {
        "red": right,
        "blue": b"# ours\n" + right,
        "green": WRONG,
        "hangs": HANGS,
        "stub": choose("2.1")[0].stub,
        "earlier": choose("2.1")[0].stub,
        "broken": b"def accept_pending(:\n",
    }.items():
        hand_in(place, team, text)
    (place / "nobody").mkdir()
    pipe = hand_in(place, "pipe", "")
    pipe.unlink()
    os.mkfifo(pipe)
    return place, trained("compare", place, K="2.1")


def test_each_kind_of_code_has_its_sides_its_verdict_and_the_way_to_the_next(
    course: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, ran = course
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout
    assert "2.1  accept_would_block: 9 sides, 3 kinds of code" in told
    for words in (
        r" 1  ✓ green, (\d+) of \1 +2 sides\n    blue, red\n\n    1 → 2\n",
        r"✗ red, \d+ of \d+ +1 side\n    green\n    first red test: [a-z -]+ \(failed\)\n",
        r"■ hung, 0 of \d+ +1 side\n    hangs\n    first red test: nobody is connecting \(hung\)",
        r"✗ red, 0 of \d+ +1 side\n    broken\n.*could not start\)\n    it does not parse: line 1: invalid syntax\n",
        r"○ not begun +2 sides\n    earlier, stub\n",
        r"○ not begun +1 side\n    nobody\n    nothing was handed in\n",
        r"✗ red +1 side\n    pipe\n    2_nonblocking/01_accept_would_block.py cannot be read: it is a FIFO",
    ):
        assert re.search(words, told), words
    assert re.search(r"^    \+ ", told, re.MULTILINE) and re.search(r"^    - ", told, re.MULTILINE)
    assert max(map(columns, told.splitlines())) <= 80
    assert "\x1b" not in told


def test_what_make_judge_has_judged_is_not_judged_again(
    course: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    place, ran = course
    assert "of 5 different answers" in ran.stderr
    assert trained("judge", place, K="2.1").stderr == ""
    again = trained("compare", place, K="2.1")
    assert (again.stdout, again.stderr) == (ran.stdout, "")


def test_three_hundred_sides_of_one_text_are_one_kind(tmp_path: Path) -> None:
    place = tmp_path / "teams"
    for number in range(300):
        hand_in(place, f"team {number:03}", b"# %d\n" % (number % 3) + solution().read_bytes())
    ran = trained("compare", place, K="2.1")
    assert ran.returncode == 0, ran.stderr
    assert "of 3 different answers" in ran.stderr, "each text is judged once"
    assert re.search(r"300 sides, 1 kind of code\n\n 1  ✓ green, .* 300 sides\n.* team 000, ", ran.stdout)
    assert len(ran.stdout.splitlines()) == 6


def test_bad_input_is_one_line(tmp_path: Path) -> None:
    place = tmp_path / "teams"
    hand_in(place, "red", solution())
    for wanted in ("", "2", "2.1 2.2"):
        refused(trained("compare", place, K=wanted), "make compare takes one kata, as in K=2.2")
    refused(trained("compare", place, K="9"), "there is no such chapter")
    refused(trained("compare", place, K="2.1", SIDES=""), "make compare takes a directory of sides")
    refused(trained("compare", place, K="2.1", SIDES=str(tmp_path / "none")), "does not exist")
    (tmp_path / "empty").mkdir()
    refused(trained("compare", place, K="2.1", SIDES=str(tmp_path / "empty")), "holds no side")
    refused(trained("compare", place, K="2.1", SIDES="README.md"), "does not exist")
    hand_in(place, "a\x1b[31mb", solution())
    refused(trained("compare", place, K="2.1"), "a team cannot be called 'a\\x1b[31mb'")
    if os.geteuid() == 0:
        refused(trained("compare", place, K="2.1", ROOT=""), "make compare runs other people's code")
