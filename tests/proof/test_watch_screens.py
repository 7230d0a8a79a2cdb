"""What `make watch` shows fits its terminal, whatever size that has, and is drawn once."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from dojo.core.places import ROOT, choose
from dojo.core.screen import COLOUR, Screen
from dojo.judge.remote import Remote
from dojo.report.failure import Sizes
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.lanes import FEWEST
from dojo.watch import screens
from dojo.watch.fitting import Page, Pager, fold
from dojo.watch.terminal import BEGIN, END
from proof.watched import HANGS, KATA, KEYS, RIGHT, TESTS, WRONG, Watch, all_green, first_red, in_place

# Right but for what it leaves open when accept() fails half way; it prints, and its tapes are long.
TALKS = """\
def accept_pending(listener):
    print("one\\ntwo\\nthree\\nfour\\nfive\\nsix")
    connections = []
    try:
        for number in range(30):  # no two of them alike, or they would be folded
            listener.getsockname()
            listener.setsockopt(1, 8, 4096 + number)
        while True:
            connections.append(listener.accept()[0])
    except BlockingIOError:
        return connections
"""
TEST = "test_an_error_half_way_propagates_and_leaves_nothing_open[EMFILE]"
SIZES = [(80, 24), (60, 20), (40, 12), (39, 11), (120, 40), (200, 24)]  # two rows of two panes have 40 × 12, 39 × 11


def score(screen: str) -> bool:
    """Whether kata, score and all marks are in the first lines."""
    first = "\n".join(screen.split("\n")[:2])
    return bool(re.search(rf"2\.1 .*\b\d+ of {TESTS} green", first) and re.search(rf"[✓✗·]{{{TESTS}}}", first))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_the_score_the_verdict_and_q_are_on_every_screen(size: tuple[int, int], watch: Watch, answer: Path) -> None:
    in_place(answer, TALKS)
    terminal = watch(size=size)
    shown = terminal.until(lambda screen: "LEAKED" in screen and KEYS in screen)
    assert score(shown), shown
    title = "an error half-way propagates and leaves nothing open"
    words = " ".join(shown.replace("LEAKED", "").split())
    assert title in words or (size[1] < 12 and re.search(r"· an error[^✗]*…", words)), shown
    assert "nothing should be left behind" in " ".join(shown.split()) and len(shown.split("\n")) <= size[1]
    if size[1] >= 20:
        assert all(words in shown for words in ("client sees the end", "rows left out", "accept()")), "no tape is there"
    in_place(answer, RIGHT)
    shown = terminal.until(lambda screen: "Why it is right" in screen and KEYS in screen)
    assert score(shown) and f"{TESTS} of {TESTS} green" in shown, shown
    if size[0] >= 120:
        assert 100 < max(map(len, shown.split("\n"))) <= 160


@pytest.fixture(scope="module")
def leaked(judge: Remote, tmp_path_factory: pytest.TempPathFactory) -> screens.Run:
    """The run of an answer whose report has everything: a long tape, output, two lines of title."""
    answer = tmp_path_factory.mktemp("talks") / "answer.py"
    in_place(answer, TALKS)
    [kata] = choose("2.1")
    remote = Remote(DOJO_TAPES="1")
    try:
        verdict = remote.judge(f"{kata.suite.relative_to(ROOT)}::{TEST}", answer)
    finally:
        remote.close()
    passed = Verdict(Kind.PASSED, test="test_nobody_is_connecting")
    return screens.Run(kata, "katas", 8, [passed] * 6 + [verdict], "20 ms")


@pytest.mark.parametrize("width", [30, 39, 60, 80, 100, 160])
def test_the_brief_shrinks_first_then_the_tape_then_the_output(width: int, leaked: screens.Run) -> None:
    screen = Screen(width)
    whole_tape, seen = 0, set()
    for height in range(100, 3, -1):
        page = screens.result(leaked, screen, height)
        lines = Pager().lay(page, height, screen)
        assert len(lines) <= height and max(map(len, lines)) <= width
        assert page.top[0].startswith("2.1") and "6 of 8 green" in page.top[0], "the score is gone"
        text = "\n".join([*page.top, *page.body])
        assert "LEAKED" in "".join(page.top)
        rows = len(re.findall(r"(?m)^ {2,}\d+\.\d  |rows left out", text))
        printed = len(re.findall(r"(?m)^    (?:one|two|three|four|five|six)$", text))
        whole_tape = whole_tape or rows  # as high as the first screen is
        told = any("accept() on a" in line for line in page.top)
        assert rows == whole_tape or not told, "the tape was cut before the brief"
        assert printed == Sizes.printed or rows <= FEWEST, "what it printed was cut before the tape"
        seen.add((told, rows == whole_tape, printed == Sizes.printed))
    assert len(seen) >= 4, "not every step was seen"


def test_marks_that_do_not_fit_show_the_red_one() -> None:
    [kata] = choose("7.2")
    green = Verdict(Kind.PASSED)
    for done in range(69):
        run = screens.Run(kata, "katas", 69, [green] * done + [Verdict(Kind.FAILED)])
        title, marks, *_ = screens.head(run, Screen(40))
        assert f"{done} of 69 green" in title and len(title) <= 40
        assert "✗" in marks and len(marks) <= 40


@pytest.mark.parametrize("width", [8, 20, 39, 40, 60, 75, 80, 160])
@pytest.mark.parametrize("height", [5, 12, 24])
def test_the_keys_never_lose_q_quit(width: int, height: int) -> None:
    for names in (screens.KEYS, screens.TAPE_KEYS, screens.DIFF_KEYS):
        lines = screens.keys(names, Screen(width), height)
        assert "q quit" in lines[-1]
        assert all(name.split()[0] in " ".join(lines).split() for name in names)


def test_every_line_of_a_page_can_be_reached() -> None:
    screen = Screen(40)
    page = Page(["top"], [f"line {number}" for number in range(50)], ["below"])
    for height in range(2, 70):
        pager, seen = Pager(), set()
        for _ in range(60):
            lines = pager.lay(page, height, screen)
            assert len(lines) <= height and lines[0] == "top"
            seen.update(lines)
            pager.move(" ")
        assert set(page.body) <= seen, height


def test_folding_breaks_no_word_and_keeps_the_colour() -> None:
    line = "\033[31m-    " + " ".join(f"word{number}" for number in range(30)) + "\033[0m"
    folded = fold([line, "short"], 40)
    assert folded[-1] == "short" and len(folded) > 2
    assert all(part.startswith("\033[31m") and part.endswith("\033[0m") for part in folded[:-1])
    words = [word for part in folded for word in COLOUR.sub("", part).split()]
    assert words == ["-", *(f"word{number}" for number in range(30)), "short"]
    assert max(len(COLOUR.sub("", part)) for part in folded) <= 40


def test_a_save_is_one_redraw_in_one_piece(watch: Watch, answer: Path) -> None:
    terminal = watch(size=(80, 24))
    terminal.until(first_red)
    for text, shown in ((RIGHT, all_green), (WRONG, "[42]"), (HANGS, "HUNG")):
        while terminal.read(0.5):
            pass
        before = len(terminal.text)
        in_place(answer, text)
        terminal.until(shown)
        while terminal.read(0.5):
            pass
        outside, *drawn = terminal.text[before:].split(BEGIN)
        assert outside == "" and all(frame.endswith(END) for frame in drawn), "something is not synchronised"
        assert "\033[2J" not in terminal.text[before:]
        results = [frame for frame in drawn if "testing, " not in frame]  # a run of more than 0.3 s is shown
        assert len(results) == 1 and results[0] == drawn[-1]
        assert all(one != other for one, other in itertools.pairwise(drawn)), "the same was drawn twice"


@pytest.mark.parametrize("side", ["teams/red", f"teams/red/{KATA}"], ids=["directory", "file"])
def test_the_side_that_is_watched_is_named(side: str, watch: Watch, two_chapters: Path) -> None:
    answer = two_chapters / "teams" / "red" / KATA
    answer.parent.mkdir(parents=True)
    in_place(answer, HANGS)
    terminal = watch(SIDE=side)
    assert f"\nteams/red/{KATA}\n" in terminal.until("testing, ")
    in_place(answer, RIGHT)
    assert f"\nteams/red/{KATA}\n" in terminal.until(all_green)
