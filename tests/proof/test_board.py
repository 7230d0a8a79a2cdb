"""The board of a dojo: its state by virtual time, what the terminal shows of it, and what it refuses to begin with."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dojo.core.columns import columns
from dojo.core.places import BadInput
from dojo.core.screen import COLOUR, Screen
from dojo.learner import telling
from dojo.team import board_plan
from dojo.team.board_limits import ADDRESSES, Limit
from dojo.team.board_screen import Frame, lines
from dojo.team.board_state import BREAK, END, PLAN, SWAP, Session, alarm, applied, begun, plan_of
from dojo.team.board_view import Row, view
from proof.boards import KATAS, TEAMS, known, message
from proof.learners import make

BEGAN = 1_000_000.0
FRAME = Frame("http://127.0.0.1:6969  for this machine alone", "make watch TEAM=red BOARD=127.0.0.1:6969 CODE=86tqu2ct")


def plan(katas: str = KATAS, teams: str = TEAMS, **more: str) -> dict[str, Any]:
    found = board_plan.asked(katas, {"TEAMS": teams} | more).plan(None)
    return {"event": PLAN, "at": BEGAN, **found.to_json()}


def after(*events: Mapping[str, Any], session: Session | None = None) -> Session:
    session = session or begun(plan())
    for event in events:
        session = applied(session, event)
    return session


def run(minute: float, team: str = "red", kata: str = "1.4", **more: Any) -> dict[str, Any]:
    return known(team=team, kata=kata, **more) | {"at": BEGAN + 60 * minute}


def done(what: str, minute: float) -> dict[str, Any]:
    return {"event": what, "at": BEGAN + 60 * minute}


def row(session: Session, team: str, minute: float) -> Row:
    return next(row for row in view(session, BEGAN + 60 * minute).rows if row.team == team)


def test_each_run_is_a_light_and_the_newest_says_how_it_stands() -> None:
    session = after(run(1), run(2, mark="hung"), run(3, mark="green", passed=12, first=""), run(4, kata="2.2"))
    first, second, third = row(session, "red", 5).squares
    assert (first.sign, first.score, first.lights) == ("✓", "12/12", "✗■✓")
    assert (second.sign, second.score, second.lights) == ("✗", "2/12", "✗")
    assert (third.sign, third.score, third.lights) == ("○", "", "")
    assert all(square.sign == "○" for square in row(session, "blue", 5).squares)


def test_opening_a_kata_is_no_run_and_puts_it_in_hand() -> None:
    session = after(run(1, event="opened", kata="3.3", mark="green", passed=12))
    assert row(session, "red", 4).now == "3.3"
    assert (row(session, "red", 4).squares[2].lights, row(session, "red", 4).squares[2].sign) == ("", "✓")


def test_progress_is_one_more_green_test_than_ever() -> None:
    session = after(run(1, passed=2), run(2, passed=4), run(5, passed=4), run(9, passed=3))
    assert row(session, "red", 10).idle == 8 * 60
    assert row(after(run(11, passed=5), session=session), "red", 12).idle == 60
    # Another kata has its own time, and the first one keeps its.
    other = after(run(12, kata="2.2", passed=0), session=session)
    assert row(other, "red", 15).idle == 3 * 60
    assert row(after(run(16, passed=1), session=other), "red", 17).idle == 15 * 60
    assert row(session, "blue", 10).idle is None


def test_runs_that_come_late_are_put_where_they_belong() -> None:
    ran = [
        run(1, passed=1, asks=True), run(2, mark="hung", passed=2), run(3, mark="green", passed=12, first=""),
        run(4, "red", "2.2"),
    ]  # fmt: skip
    wanted = view(after(*ran), BEGAN + 600)
    for order in itertools.permutations(ran):
        assert view(after(*order), BEGAN + 600) == wanted


def test_help_is_asked_for_and_taken_back_by_any_message() -> None:
    asks = run(1, event="help", kata="2.2", mark="not begun", passed=0, total=0, first="", asks=True)
    session = after(asks)
    assert row(session, "red", 2).asks
    assert row(session, "red", 2).now == "2.2"
    assert row(session, "red", 2).squares[1].sign == "○", "to ask for help is no run"
    assert not row(after(run(3, asks=False), session=session), "red", 4).asks


def test_two_watches_under_one_name_are_told_and_one_that_was_started_anew_is_not() -> None:
    one, other = "1" * 16, "2" * 16
    anew = after(run(1, source=one), run(2, source=other), run(3, source=other))
    assert not row(anew, "red", 4).mixed
    both = after(run(4, source=one), session=anew)
    assert row(both, "red", 5).mixed and not row(both, "blue", 5).mixed
    assert "2 watches" in "\n".join(drawn(both, 5, Screen(80)))
    assert not row(both, "red", 40).mixed, "long ago"


def test_what_is_not_said_stays_as_it_was() -> None:
    before = plan_of(plan(MINUTES="30", TURN="5"))
    late = board_plan.asked("", {"TEAMS": f"{TEAMS} late"}).plan(before)
    assert (late.katas, late.minutes, late.turn) == (before.katas, 30, 5)
    assert [team.name for team in late.teams] == [*(team.name for team in before.teams), "late"]
    longer = board_plan.asked("", {"MINUTES": "45"}).plan(before)
    assert (longer.teams, longer.minutes, longer.turn) == (before.teams, 45, 5)


def test_first_red_tests_are_sentences_and_shared_ones_share_a_line() -> None:
    session = after(run(1), run(1, "blue"), run(1, "gold", "2.2", first="test_it_answers_at_once[reset]"))
    told = view(session, BEGAN + 120).stuck
    assert told == ("1.4 the end is eof (red, blue)", "2.2 it answers at once (reset) (gold)")
    assert view(after(run(2, mark="green", first=""), session=session), BEGAN + 180).stuck[0].endswith("(blue)")


def test_a_turn_ends_and_stays_ended_until_somebody_swaps() -> None:
    session = after()
    assert [alarm(session, BEGAN + 60 * minute) for minute in (0, 6.99, 7, 30)] == ["", "", "swap", "swap"]
    assert (row(session, "red", 8).driver, row(session, "red", 8).next) == ("R1", "R2")
    session = after(done(SWAP, 8), session=session)
    assert [alarm(session, BEGAN + 60 * minute) for minute in (8, 14.99, 15)] == ["", "", "swap"]
    assert (row(session, "red", 8).driver, row(session, "gold", 8).next, row(session, "green", 8).next) == (
        "R2", "Y1", "",
    )  # fmt: skip
    assert view(session, BEGAN + 60 * 10).turn == 5 * 60


def test_a_break_is_announced_and_comes_with_the_swap() -> None:
    session = after(done(BREAK, 1))
    assert view(session, BEGAN + 120).rests
    assert not view(after(done(BREAK, 2), session=session), BEGAN + 120).rests, "it can be taken back"
    session = after(done(SWAP, 7), session=session)
    shown = view(session, BEGAN + 60 * 20)
    assert (shown.alarm, shown.resting, shown.rests, shown.left) == ("", 13 * 60, False, 70 * 60)
    session = after(done(SWAP, 21), session=session)
    shown = view(session, BEGAN + 60 * 22)
    assert (shown.resting, shown.turn, row(session, "red", 22).driver) == (None, 6 * 60, "R2")


def test_the_time_goes_on_and_its_end_is_seen_once() -> None:
    session = after(done(SWAP, 89))
    assert view(session, BEGAN + 60 * 89.5).turn == 30, "no turn is longer than the time that is left"
    assert alarm(session, BEGAN + 60 * 90) == "over"
    session = after(done(SWAP, 91), session=session)
    assert [alarm(session, BEGAN + 60 * minute) for minute in (91, 99, 200)] == ["", "", ""]
    assert view(after(done(END, 92), session=session), BEGAN + 60 * 93).ended


def test_a_plan_that_comes_later_keeps_the_time_and_the_runs() -> None:
    session = after(run(1), plan(KATAS + " 1.5", TEAMS + " late", MINUTES="100") | {"at": BEGAN + 600})
    shown = view(session, BEGAN + 600)
    assert (shown.left, len(shown.rows), len(shown.katas)) == (90 * 60, 5, 4)
    assert row(session, "red", 10).squares[0].lights == "✗"


def drawn(session: Session, minute: float, screen: Screen | None = None, height: int = 24, **more: Any) -> list[str]:
    return lines(view(session, BEGAN + 60 * minute), replace(FRAME, **more), screen or Screen(80), height)


def test_the_terminal_shows_four_teams_in_80_columns() -> None:
    session = after(
        run(1), run(2), run(3, mark="green", passed=12, first=""), run(4, kata="2.2", mark="hung", hints=2),
        run(4, "blue", "3.3", passed=11, first="test_a_reset_is_an_error"), run(5, "gold", "2.2", asks=True),
        done(SWAP, 39.33), done(BREAK, 40),
    )  # fmt: skip
    assert drawn(session, 43, Screen(80)) == [
        "socket dojo    47:00 left  turn 3:19, then SWAP  break after this turn",
        "",
        "       1.4 recv splits… 2.2 recv has fo… 3.3 eof and res… now, no progress for",
        "red    ✓ 12/12 ✗✗✓      ■  2/12 ■        ○                2.2  39 min h2",
        "blue   ○                ○                ✗ 11/12 ✗        3.3  39 min ",
        "green  ○                ○                ○                ",
        "gold   ○                ✗  2/12 ✗        ○                2.2  38 min ! help",
        "",
        "stuck on  2.2 the end is eof (red, gold)   3.3 a reset is an error (blue)",
        "driver    red R2 → R1   blue B2 → B1   gold Y1 → Y1",
        "✓ green  ✗ red  ■ hung  ○ not begun  ✗✓ its runs  h hints",
        "page      http://127.0.0.1:6969  for this machine alone",
        "teams     make watch TEAM=red BOARD=127.0.0.1:6969 CODE=86tqu2ct",
        "s swap  b break  c compare  e end",
    ]


NAMES = [f"team{number:02}" for number in range(40)]
MANY = " ".join(f"{name}:A,B" for name in NAMES)


@pytest.mark.parametrize("katas", ["1.4", KATAS, "1.1-1.14 2.1-2.8 3.1 3.2"])
@pytest.mark.parametrize("teams", [TEAMS, MANY], ids=["4", "40"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (160, 50)], ids=str)
@pytest.mark.parametrize("screen", [Screen(unicode=False), Screen(colour=True)], ids=["ascii", "colours"])
def test_every_size_is_kept(katas: str, teams: str, size: tuple[int, int], screen: Screen) -> None:
    screen = replace(screen, width=size[0])
    session = begun(plan(katas, teams))
    for team in session.plan.teams:
        for kata, _ in session.plan.katas:
            session = after(*[run(1, team.name, kata, hints=9)] * 3, session=session)
    for minute in (3, 7, 90):
        shown = [COLOUR.sub("", line) for line in drawn(session, minute, screen, size[1], notice="a notice " * 9)]
        assert len(shown) <= size[1]
        assert max(map(columns, shown)) <= size[0], shown
        if not screen.unicode:
            assert all(line.isascii() for line in shown)
        if minute == 3:
            assert "team00" in shown[3] or "red" in shown[3]
            assert shown[-1].startswith("s swap") and any("86tqu2ct" in line for line in shown)
    if teams == MANY:
        scrolled = [line for first in range(0, 40, 2) for line in drawn(session, 3, screen, size[1], first=first)[3:]]
        assert {line.split()[0] for line in scrolled if line.startswith("team")} >= set(NAMES)


def test_the_end_of_a_turn_fills_the_screen() -> None:
    shown = drawn(after(done(BREAK, 1)), 7)
    assert len(shown) == 24
    assert sum("SWAP" in line for line in shown) >= 18
    assert any("red: R2   blue: B2   gold: Y1" in line for line in shown)
    assert any("Then there is a break." in line for line in shown)
    assert any("y ends it" in line for line in drawn(after(), 7, notice="y ends it")), "an answer is seen all the same"
    assert sum("TIME" in line for line in drawn(after(), 90)) >= 18


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"K": ""}, "takes the katas of this session"),
        ({"K": "9.9"}, "there is no such chapter"),
        ({"K": "1 2 3"}, "24 at most"),
        ({"TEAMS": ""}, "takes the teams of this session"),
        ({"TEAMS": " "}, "takes the teams of this session"),
        ({"TEAMS": "red blue red"}, "two teams of one name: red and red"),
        ({"TEAMS": "red RED:a"}, "two teams of one name: red and RED"),
        ({"TEAMS": "../red"}, "cannot be called"),
        ({"TEAMS": "a/b"}, "cannot be called"),
        ({"TEAMS": ".log"}, "cannot be called"),
        ({"TEAMS": "re\x1b[2Jd"}, "cannot be called 're\\x1b[2Jd'"),
        ({"TEAMS": "<b>"}, "cannot be called"),
        ({"TEAMS": "-rf"}, "cannot be called"),
        ({"TEAMS": "e\u0301"}, "cannot be called"),
        ({"TEAMS": "r" * 21}, "up to 20 letters"),
        ({"TEAMS": ":R1"}, "a team has no name"),
        ({"TEAMS": "red:R1,,R2"}, "nobody in the team red"),
        ({"TEAMS": "red:"}, "nobody in the team red"),
        ({"TEAMS": "red:R1,R1"}, "two of one name"),
        ({"TEAMS": "red:R\x07"}, "nobody in the team red"),
        ({"TEAMS": " ".join(f"t{number}" for number in range(41))}, "40 at most"),
        ({"MINUTES": "x"}, "MINUTES=x is not a number"),
        ({"MINUTES": "0"}, "1 to 1440 minutes"),
        ({"MINUTES": "1e3"}, "is not a number"),
        ({"TURN": "-1"}, "TURN=-1 is not a number"),
        ({"TURN": "٧"}, "is not a number"),
        ({"HOST": "here"}, "HOST=here is not an address"),
        ({"HOST": "127.0.0.1:80"}, "is not an address"),
        ({"HOST": "192.0.2.7"}, "192.0.2.7:0 cannot be listened on"),
        ({"PORT": "http"}, "PORT=http is not a port"),
        ({"PORT": "65536"}, "PORT=65536 is not a port"),
        ({"CODE": "short"}, "6 to 40 letters"),
        ({"CODE": "with a blank"}, "6 to 40 letters"),
    ],
    ids=lambda value: ascii(value)[:30] if isinstance(value, dict) else "",
)
def test_what_is_no_board_is_one_line(asked: dict[str, str], words: str, place: Path) -> None:
    if asked.get("HOST") == "192.0.2.7":
        pytest.importorskip("aiohttp")
        said = make(place, "board", **{"K": "1.4", "TEAMS": "red", "PORT": "0"} | asked)
        assert said.returncode == 2
        assert len(said.stderr.splitlines()) == 1
        assert words in said.stderr
        return
    said_asked = {"K": KATAS, "TEAMS": TEAMS, "PORT": "0"} | asked
    with pytest.raises(BadInput) as told:
        board_plan.asked(said_asked.pop("K"), said_asked).plan(None)
    [line] = told.value.args
    assert words in Screen.plain().spell(line)


def test_who_asks_too_much_waits_and_nobody_else_does() -> None:
    limit = Limit(burst=3, a_second=0.5)
    assert [limit.allows("a", 100.0) for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b", 100.0)
    assert [limit.allows("a", 101.9), limit.allows("a", 102.0), limit.allows("a", 102.0)] == [False, True, False]
    assert [limit.allows("a", 200.0) for _ in range(4)] == [True, True, True, False]
    for number in range(2 * ADDRESSES):
        assert limit.allows(f"another {number}", 200.0), "and it remembers only so many"


def test_a_message_is_understood_as_it_was_sent() -> None:
    sent = message(content=b"# caf\xe9\r\n", report="a\x1b[2Jb\ud800", first="test_one[a/b]", age=3)
    found = known(**{name: sent[name] for name in ("report", "first", "age")}, content=b"# caf\xe9\r\n")
    assert telling.answer_of(found) == b"# caf\xe9\r\n"
    assert found["report"] == "a\\x1b[2Jb\\xd800"
