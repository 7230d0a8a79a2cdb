"""What the board of a dojo knows: a state, and events that change it. No clock and no file is in here.

Times are seconds since the epoch, and come in as parameters. An event is a dictionary as the session's log
keeps it: `event`, `at`, and what belongs to it. Whoever applies all events of a log has the state again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dojo.learner.run_log import RUN
from dojo.learner.telling import HELP
from dojo.report import progress

WATCHES = 8  # of a team that are remembered
PLAN, SWAP, BREAK, END = "plan", "swap", "break", "end"  # events that are not a team's


@dataclass(frozen=True)
class Team:
    """A team: its name, and who takes turns at the keyboard."""

    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What the trainer has asked for."""

    katas: tuple[tuple[str, str], ...]  # the id and the path of each
    teams: tuple[Team, ...]
    minutes: int
    turn: int  # minutes

    def to_json(self) -> dict[str, Any]:
        """What plan_of() takes."""
        teams = [[team.name, *team.members] for team in self.teams]
        return {"katas": [*self.katas], "teams": teams, "minutes": self.minutes, "turn": self.turn}


def plan_of(event: Mapping[str, Any]) -> Plan:
    """The plan in an event. Raises KeyError, TypeError or ValueError for what is none."""
    teams = tuple(Team(str(name), tuple(map(str, members))) for name, *members in event["teams"])
    katas = tuple((str(id_), str(path)) for id_, path in event["katas"])
    return Plan(katas, teams, int(event["minutes"]), int(event["turn"]))


@dataclass(frozen=True)
class Cell:
    """What a team has done on a kata."""

    lights: tuple[tuple[float, str], ...] = ()  # of each run its time and mark
    at: float = 0.0  # of the newest run or opening, of which the rest is told
    mark: str = progress.UNTOUCHED
    passed: int = 0
    total: int = 0
    first: str = ""  # the first red test
    verdict: str = ""
    hints: int = 0
    report: str = ""
    tape: str = ""
    best: int = -1  # how many tests have ever passed
    moved: float = 0.0  # when it was opened first, or more tests passed than ever before


@dataclass(frozen=True)
class Work:
    """What a team does."""

    cells: Mapping[str, Cell] = field(default_factory=dict)  # by the kata's path
    at: float = 0.0  # of the newest word from it
    now: str = ""  # the kata that it has in hand
    asks: bool = False
    sources: tuple[str, ...] = ()  # its watches, the one that has spoken last at the end
    mixed: float = 0.0  # when one spoke again behind another: two are at work under this name


@dataclass(frozen=True)
class Session:
    """A dojo from its beginning to its end."""

    plan: Plan
    began: float
    turned: float  # when this turn began
    turns: int = 0  # that are over
    rests: bool = False  # a break comes after this turn
    resting: float | None = None  # since when there is a break
    over: bool = False  # somebody has seen that the time is over
    ended: bool = False
    work: Mapping[str, Work] = field(default_factory=dict)  # by the team's name

    @property
    def until(self) -> float:
        """When the time is over."""
        return self.began + 60 * self.plan.minutes

    @property
    def due(self) -> float:
        """When this turn is over."""
        return self.turned + 60 * self.plan.turn


def begun(event: Mapping[str, Any]) -> Session:
    """The session that begins with this plan."""
    return Session(plan_of(event), event["at"], event["at"])


def applied(session: Session, event: Mapping[str, Any]) -> Session:
    """The session after an event; events of a team may come late and in another order than they happened."""
    kind, at = event["event"], event["at"]
    if kind == PLAN:
        return replace(session, plan=plan_of(event), ended=False)
    if kind == END:
        return replace(session, ended=True)
    if kind == BREAK:
        return replace(session, rests=not session.rests)
    if kind == SWAP:
        return _swapped(session, at)
    before = session.work.get(event["team"], Work())
    cell = before.cells.get(event["kata"], Cell())
    work = before if kind == HELP else replace(before, cells={**before.cells, event["kata"]: _run(cell, event)})
    if at >= work.at:
        work = replace(work, at=at, now=event["kata"], asks=event["asks"])
    work = _spoken(work, event["source"], at)
    return replace(session, work={**session.work, event["team"]: work})


def _spoken(work: Work, source: str, at: float) -> Work:
    """A team's work after one of its watches has spoken. One that was started anew is another one, and no mixture."""
    before = work.sources
    again = source in before[:-1]
    sources = (*(one for one in before if one != source), source)[-WATCHES:]
    return replace(work, sources=sources, mixed=max(work.mixed, at) if again else work.mixed)


def _run(cell: Cell, event: Mapping[str, Any]) -> Cell:
    at = event["at"]
    if event["event"] == RUN:
        cell = replace(cell, lights=tuple(sorted([*cell.lights, (at, event["mark"])])))
    if event["passed"] > cell.best:
        cell = replace(cell, best=event["passed"], moved=max(cell.moved, at))
    if at < cell.at:
        return cell
    names = ("at", "mark", "passed", "total", "first", "verdict", "hints", "report", "tape")
    return replace(cell, **{name: event[name] for name in names})


def _swapped(session: Session, at: float) -> Session:
    """Somebody has confirmed what filled the screen, or has swapped before that."""
    if session.resting is not None:
        return replace(session, resting=None, turned=at)
    resting = at if session.rests else None
    over = session.over or at >= session.until
    return replace(session, turned=at, turns=session.turns + 1, rests=False, resting=resting, over=over)


def alarm(session: Session, now: float) -> str:
    """What fills the screen until somebody confirms: "over", "swap", or "" for nothing."""
    if session.ended or session.resting is not None:
        return ""
    if now >= session.until:
        return "" if session.over else "over"
    return "swap" if now >= session.due else ""
