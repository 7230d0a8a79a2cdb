"""What the board shows, in words and numbers: the terminal and the page draw the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dojo.report.others import sentence
from dojo.report.progress import SIGNS, UNTOUCHED
from dojo.team import board_tape
from dojo.team.board_state import Cell, Session, Team, Work, alarm

MIXED_SECONDS = 300.0  # for so long it is shown that two watches have spoken for a team
LIGHTS = 40  # marks of a kata that are shown, the newest


@dataclass(frozen=True)
class Square:
    """A team's state on a kata."""

    kata: str
    mark: str
    sign: str
    score: str  # as in 7/11; empty before anything was judged
    lights: str  # a sign a run, the last one at the right
    tape: bool  # whether there is a tape that can be drawn


@dataclass(frozen=True)
class Row:
    """A team's line."""

    team: str
    squares: tuple[Square, ...]
    now: str  # the kata that it has in hand
    idle: float | None  # seconds since it opened that kata, or has had one more green test in it
    hints: int
    asks: bool
    mixed: bool  # two watches are at work under its name
    driver: str
    next: str


@dataclass(frozen=True)
class View:
    """Everything that is shown. Times are in seconds."""

    left: float
    turn: float  # what is left of it; less than 0 once it is over
    alarm: str
    rests: bool  # a break is announced
    resting: float | None
    ended: bool
    katas: tuple[tuple[str, str], ...]  # the number and the name of each
    rows: tuple[Row, ...]
    stuck: tuple[str, ...]  # the first red tests as sentences, each with the teams that have it

    def to_json(self) -> dict[str, Any]:
        """What the page draws."""
        return asdict(self)


def view(session: Session, now: float) -> View:
    """What is to be shown at a moment."""
    plan = session.plan
    ids = {path: id_ for id_, path in plan.katas}
    rows = tuple(_row(session, team, ids, now) for team in plan.teams)
    names = tuple((id_, path.partition("/")[2][3:-3].replace("_", " ")) for id_, path in plan.katas)
    resting = None if session.resting is None else now - session.resting
    return View(
        max(0.0, session.until - now),
        min(session.due, session.until) - now,
        alarm(session, now),
        session.rests,
        resting,
        session.ended,
        names,
        rows,
        _stuck(session, ids),
    )


def _row(session: Session, team: Team, ids: Mapping[str, str], now: float) -> Row:
    work = session.work.get(team.name, Work())
    cell = work.cells.get(work.now, Cell())
    idle = max(0.0, now - cell.moved) if cell.moved else None
    members = team.members or ("",)
    driver, following = (members[(session.turns + step) % len(members)] for step in (0, 1))
    squares = tuple(_square(id_, work.cells.get(path, Cell())) for path, id_ in ids.items())
    mixed = bool(work.mixed) and now - work.mixed < MIXED_SECONDS
    return Row(team.name, squares, ids.get(work.now, ""), idle, cell.hints, work.asks, mixed, driver, following)


def _square(id_: str, cell: Cell) -> Square:
    score = f"{cell.passed}/{cell.total}" if cell.total and cell.mark != UNTOUCHED else ""
    lights = "".join(SIGNS[mark] for _, mark in cell.lights[-LIGHTS:])
    return Square(id_, cell.mark, SIGNS[cell.mark], score, lights, board_tape.IS_THERE and len(cell.tape) > len("[]"))


def _stuck(session: Session, ids: Mapping[str, str]) -> tuple[str, ...]:
    """Of each team that has a red kata in hand its first red test; teams with the same one share a line."""
    found: dict[tuple[str, str], list[str]] = {}
    for team in session.plan.teams:
        work = session.work.get(team.name, Work())
        cell = work.cells.get(work.now, Cell())
        if cell.first and work.now in ids and cell.mark != UNTOUCHED:
            found.setdefault((ids[work.now], sentence(cell.first)), []).append(team.name)
    return tuple(f"{id_} {words} ({', '.join(teams)})" for (id_, words), teams in found.items())
