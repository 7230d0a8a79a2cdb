"""`K=` takes lists, ranges and routes, and every command goes through them in their order."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from dojo.core import routes
from dojo.core.places import ROOT, BadInput, all_katas, choose, side_named
from proof.learners import make
from proof.watched import KEYS, Watch, in_place


def ids(wanted: str) -> list[str]:
    return [kata.id for kata in choose(wanted)]


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ("1.4 2.2 3.3", "1.4 2.2 3.3"),
        ("3.3 1.4", "3.3 1.4"),
        ("1.4,2.2,\t3.3\n", "1.4 2.2 3.3"),
        ("2.1-2.4", "2.1 2.2 2.3 2.4"),
        ("2.2-2.2", "2.2"),
        ("1.13-2.2", "1.13 1.14 2.1 2.2"),
        ("2.7-3.2 2.8 2.1-2.2", "2.7 2.8 3.1 3.2 2.1 2.2"),
        ("programs 1.1", "1.14 2.8 3.11 3.12 5.10 1.1"),
        ("katas/1_blocking/01_accept_blocks.py 2.1", "1.1 2.1"),
        ("tests/2_nonblocking/test_01_accept_would_block.py 1.1", "2.1 1.1"),
    ],
)
def test_a_list_names_katas_in_its_order(wanted: str, chosen: str) -> None:
    assert ids(wanted) == chosen.split()


def test_chapters_and_their_ranges_are_whole() -> None:
    assert ids("2 1") == [kata.id for chapter in (2, 1) for kata in all_katas() if kata.chapter == chapter]
    assert ids("2-3") == ids("2 3")
    assert ids("1-7") == ids("")
    assert ids("2.3-3") == ids("2.3-3.1 3")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("2.4-2.1", "K=2.4-2.1: 2.4-2.1 runs backwards: write K=2.1-2.4"),
        ("1.1 3-2", "K=1.1 3-2: 3-2 runs backwards"),
        ("2.1-", "an end of a range is not a kata"),
        ("-2.1", "an end of a range is not a kata"),
        ("2.1-2.99", "there is no such kata; chapter 2 has 2.1 to 2.8"),
        ("1.1 9", "K=1.1 9: there is no such chapter"),
        ("1.1 two 2.2", "K=1.1 two 2.2: two is not a kata"),
        ("1-2-3", "2-3 is not a kata"),
        ("documents", "or a route: document, programs, select, half-day, asyncio"),
        (" , ", "only blanks and commas"),
        ("1" * 5000, "is not a kata"),
        ("1.1\n\x1b[31m", "\\x1b[31m is not a kata"),
        ("1.1 nowhere/1.py", "K=nowhere/1.py is not the file of a kata"),
    ],
)
def test_a_list_that_is_none_is_one_line(wanted: str, words: str, place: Path) -> None:
    with pytest.raises(BadInput):
        choose(wanted)
    for command in ("test", "watch", "brief"):
        ran = make(place, command, K=wanted)
        assert ran.returncode == 2
        assert ran.stderr.count("\n") == 1, ran.stderr
        assert words in ran.stderr
        assert "\x1b" not in ran.stderr


def test_files_of_two_sides_are_no_list() -> None:
    path = "1_blocking/01_accept_blocks.py"
    assert side_named(f"solutions/{path} 2.1", "") == "solutions"
    with pytest.raises(BadInput, match="lies on another side than katas: one command works on one side"):
        side_named(f"katas/{path} solutions/{path}", "")


def test_commands_that_take_one_kata_say_so(place: Path) -> None:
    for command in ("diff", "run"):
        ran = make(place, command, K="1.14 2.8")
        assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
        assert f"make {command} takes " in ran.stderr


def test_test_judges_a_list_in_its_order(place: Path) -> None:
    ran = make(place, "test", K="2.2 1.1", SIDE="solutions")
    assert ran.returncode == 0, ran.stdout
    assert re.findall(r"✓ (\S+)", ran.stdout) == ["2.2", "1.1"]
    assert "2 of 2 katas green on solutions" in ran.stdout


def test_every_route_is_told_by_make_and_by_the_map(place: Path) -> None:
    told = make(place, "help", COLUMNS="80").stdout
    page = (ROOT / "katas" / "README.md").read_text(encoding="utf-8")
    for route in routes.ROUTES:
        assert ids(route.name) == route.katas.split(), "each is there, and named once"
        assert re.fullmatch("[a-z][a-z-]*", route.name)
        assert len(route.help) <= 52, "it fits beside the command on 80 columns"
        assert re.search(rf"^  {route.line} +{re.escape(route.help)}$", told, re.MULTILINE)
        assert f"| `{route.line}`: {route.help} |" in page


def test_every_route_says_about_how_long_it_takes() -> None:
    page = " ".join((ROOT / "katas" / "README.md").read_text(encoding="utf-8").split())
    assert "The times are estimates for two people at one keyboard" in page
    for route in routes.ROUTES:
        assert re.search(r", ~(\d+ min|\d+ h)$", route.help)
        assert 8 * len(ids(route.name)) <= route.minutes <= 80 * len(ids(route.name)), "minutes a kata"


def test_a_route_is_as_long_as_the_copy_has_katas(two_chapters: Path) -> None:
    ran = make(two_chapters, "test", K="programs", SIDE="solutions")
    assert re.findall(r"✓ (\S+)", ran.stdout) == ["1.14", "2.8"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no terminal of this kind")
def test_n_and_p_follow_the_list_and_so_does_a_watch_that_begins_again(watch: Watch, two_chapters: Path) -> None:
    terminal = watch("2.2 1.4 2.8")
    terminal.until("2.2  recv_has_four_outcomes")
    terminal.press("n")
    terminal.until(lambda screen: "1.4  recv_splits_messages" in screen and KEYS in screen)
    suite = two_chapters / "tests" / "1_blocking" / "test_04_recv_splits_messages.py"
    text = suite.read_text(encoding="utf-8")
    in_place(suite, text + "\n\ndef test_of_tomorrow(kata):\n    assert not kata, 'tomorrow'\n")
    tests = text.count("\ndef test_") + 1
    terminal.until(lambda screen: f"of {tests} green" in screen and KEYS in screen)
    terminal.press("n")
    terminal.until("2.8  nonblocking_server")
    terminal.press("n")
    terminal.until("2.8 is the last")
    terminal.press("l1.1\r")
    terminal.until("1.1 is not among the katas of this watch")
    terminal.press("pp")
    terminal.until("2.2  recv_has_four_outcomes")
    terminal.press("q")
    assert terminal.wait() == 0
