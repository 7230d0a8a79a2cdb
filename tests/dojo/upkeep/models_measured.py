"""`make models`: the same work done by the reference server of each model, and by asyncio and uvloop beside them.

Half of the clients are silent, a tenth are slow, the others do one visit after
the other: connect, send a line, end the stream, read to the end, close.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import resource
import select
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dojo.core.places import ROOT, choose
from dojo.sandbox.loader import load
from dojo.upkeep.models_load import VISIT_SECONDS, Crowd, Mix, Outcome
from dojo.upkeep.models_visit import REQUEST
from dojo.upkeep.served_program import Served, asyncio_server, serving

COUNTS = (10, 100, 500, 2000)  # connections; of the most, more stay than select() takes
IDLE_COUNTS = (10, 100, 1000, 10000)  # idle sockets in a wait
LOAD_SECONDS = 1.0  # for one measurement
SPARE_DESCRIPTORS = 200  # descriptors that a process has or needs for other things
WAIT_KINDS = ("select", "poll", "epoll", "kqueue")


@dataclass(frozen=True)
class Model:
    """A server that is measured: a kata's reference, or "asyncio" or "uvloop"."""

    name: str
    program: str
    echoes: bool = True  # the others greet, and only read
    alone: bool = False  # with the active clients alone

    def suits(self, answer: bytes) -> bool:
        """Whether a visitor was told what this server tells."""
        return answer.endswith(REQUEST) if self.echoes else answer.startswith(b"welcome") and answer.endswith(b"\n")


MODELS = (
    Model("1.14 blocking", "1.14", echoes=False),
    Model("1.14 blocking, active only", "1.14", echoes=False, alone=True),
    Model("2.8 polling", "2.8", echoes=False),
    Model("3.11 select", "3.11"),
    Model("5.10 selector, callbacks", "5.10"),
    Model("7.1 selector, fewer calls", "7.1"),
    Model("asyncio protocol", "asyncio"),
    Model("uvloop protocol", "uvloop"),
)


@dataclass(frozen=True)
class Row:
    """One server under one load. What could not be measured is None, and the note says why."""

    model: str
    connections: int  # of the load
    mix: Mix  # those of them that this server was given
    visits: float | None = None  # a second
    median: float | None = None  # ms of a visit
    p99: float | None = None  # ms of a visit
    processor: float | None = None  # seconds of the server's for 1,000 visits
    memory: float | None = None  # MB resident in the server
    busy: float | None = None  # the share of a processor that the clients used
    unfinished: float = 0.0  # the share of visits whose end nobody waited for: their times are lower bounds
    note: str = ""


@dataclass(frozen=True)
class Wait:
    """The cost of one wait in seconds, with so many idle sockets and one that is ready; None if it cannot be done."""

    kind: str
    idle: int
    cost: float | None
    note: str = ""


def rows(
    counts: Sequence[int] = COUNTS, seconds: float = LOAD_SECONDS, models: Sequence[Model] = MODELS
) -> Iterator[Row]:
    """Measure each server under each load, in turn, for so many seconds; a package that is missing is left out."""
    for count in counts:
        for model in models:
            if installed(model):
                yield _row(model, count, seconds)


def mix_of(count: int) -> Mix:
    """The clients of one load."""
    idle, slow = count // 2, count // 10
    return Mix(idle, slow, count - idle - slow)


def _row(model: Model, count: int, seconds: float) -> Row:
    mix = Mix(0, 0, mix_of(count).active) if model.alone else mix_of(count)
    outcome, trouble = None, ""
    try:
        with _serving(model) as served:
            crowd = Crowd(served, model.suits)
            try:
                outcome = crowd.outcome
                crowd.gather(mix)
                crowd.measure(mix, seconds)
            finally:
                crowd.close()
    except RuntimeError as error:  # it did not start, has ended or printed a traceback
        trouble = str(error)
    if outcome is None or outcome.ended or trouble:
        said = (outcome.said if outcome else "") + "\n" + trouble
        errors = re.findall(r"^\w+(?:Error|Exception)\b.*", said, re.MULTILINE)
        return Row(model.name, count, mix, note="ended: " + [*said.strip().splitlines(), *errors][-1])
    times = outcome.times if outcome.visits else []
    return Row(
        model.name,
        count,
        mix,
        visits=outcome.visits,
        median=1000 * statistics.median(times) if times else None,
        p99=1000 * times[(99 * len(times) - 1) // 100] if times else None,
        processor=1000 * outcome.processor if outcome.visits else None,
        memory=outcome.memory / 1e6,
        busy=outcome.busy,
        unfinished=outcome.unfinished / len(times) if times else 0.0,
        note=_note(model, outcome),
    )


def _note(model: Model, outcome: Outcome) -> str:
    notes = []
    if outcome.held and not outcome.visits:
        notes.append("held up by the first idle client" if model.program == "1.14" else "no answer to the first visit")
    elif outcome.held:
        notes.append("not all idle clients were let in")
    elif not outcome.visits:
        notes.append("no visit ended")
    if outcome.failed:
        notes.append("visits failed: " + ", ".join(f"{count:,} {name}" for name, count in outcome.failed.items()))
    if outcome.unfinished:
        notes.append(f"{outcome.unfinished:,} of {len(outcome.times):,} visits had no end after {VISIT_SECONDS:.0f} s")
    return "; ".join(notes)


def installed(model: Model) -> bool:
    """Whether its server can be started here."""
    return model.program != "uvloop" or importlib.util.find_spec("uvloop") is not None


def _serving(model: Model) -> contextlib.AbstractContextManager[Served]:
    return serving(model.program) if model.program[0].isdigit() else asyncio_server(model.program)


def waits(counts: Sequence[int] = IDLE_COUNTS) -> Iterator[Wait]:
    """Measure one wait of each kind that this system has, with the reference of 7.7."""
    measure: Callable[[str, int], float] = load(ROOT / "solutions" / choose("7.7")[0].path).wait_cost
    for count in counts:
        for kind in (kind for kind in WAIT_KINDS if hasattr(select, kind)):
            try:
                yield Wait(kind, count, measure(kind, count))
            except (ValueError, OSError) as error:
                yield Wait(kind, count, None, f"{type(error).__name__}: {error}")


@contextlib.contextmanager
def room(descriptors: int) -> Iterator[int]:
    """Let this process open so many descriptors, and those it starts: they inherit it. Yields how many it may open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = descriptors if hard == resource.RLIM_INFINITY else min(descriptors, hard)
    try:
        if soft != resource.RLIM_INFINITY and soft < wanted:
            with contextlib.suppress(ValueError, OSError):  # macOS has a limit beside the hard one
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        now = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        yield descriptors if now == resource.RLIM_INFINITY else now
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
