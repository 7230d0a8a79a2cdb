"""`make models`: the same work done by the reference server of each model, and by asyncio and uvloop beside them.

Half of the clients are silent, a tenth are slow, the others do one visit after
the other: connect, send a line, end the stream, read to the end, close.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import platform
import re
import resource
import select
import signal
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.core.places import ROOT, BadInput, choose
from dojo.core.start import command
from dojo.sandbox.loader import load
from dojo.upkeep.models_load import LINE, PATIENCE, Crowd, Mix, Outcome
from dojo.upkeep.served_program import Served, serving

COUNTS = (10, 100, 500, 2000)  # connections; of the most, more stay than select() takes
IDLE_COUNTS = (10, 100, 1000, 10000)  # idle sockets in a wait
SECONDS = 1.0  # for one measurement
SPARE = 200  # descriptors that a process has or needs for other things
KINDS = ("select", "poll", "epoll", "kqueue")


@dataclass(frozen=True)
class Model:
    """A server that is measured: a kata's reference, or "asyncio" or "uvloop"."""

    name: str
    program: str
    echoes: bool = True  # the others greet, and only read
    alone: bool = False  # with the active clients alone

    def suits(self, answer: bytes) -> bool:
        """Whether a visitor was told what this server tells."""
        return answer.endswith(LINE) if self.echoes else answer.startswith(b"welcome") and answer.endswith(b"\n")


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


def rows(counts: Sequence[int] = COUNTS, seconds: float = SECONDS, models: Sequence[Model] = MODELS) -> Iterator[Row]:
    """Measure each server under each load, in turn, for so many seconds; a package that is missing is left out."""
    for count in counts:
        for model in models:
            if _installed(model):
                yield _row(model, count, seconds)


def _mix(count: int) -> Mix:
    idle, slow = count // 2, count // 10
    return Mix(idle, slow, count - idle - slow)


def _row(model: Model, count: int, seconds: float) -> Row:
    mix = Mix(0, 0, _mix(count).active) if model.alone else _mix(count)
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
        notes.append(f"{outcome.unfinished:,} of {len(outcome.times):,} visits had no end after {PATIENCE:.0f} s")
    return "; ".join(notes)


def _installed(model: Model) -> bool:
    return model.program != "uvloop" or importlib.util.find_spec("uvloop") is not None


def _serving(model: Model) -> contextlib.AbstractContextManager[Served]:
    return serving(model.program) if model.program[0].isdigit() else asyncio_server(model.program)


@contextlib.contextmanager
def asyncio_server(kind: str) -> Iterator[Served]:
    """An echo server of "asyncio" or "uvloop" in a process of its own; raises RuntimeError if it does not start."""
    process = subprocess.Popen(
        command("dojo.upkeep.models_asyncio", kind),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        if not first.startswith("port "):
            raise RuntimeError(f"{kind} did not start: {first}{process.communicate(timeout=20)[0]}")
        yield Served(int(first.split()[1]), process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=20)
        finally:
            process.kill()


def waits(counts: Sequence[int] = IDLE_COUNTS) -> Iterator[Wait]:
    """Measure one wait of each kind that this system has, with the reference of 7.7."""
    measure: Callable[[str, int], float] = load(ROOT / "solutions" / choose("7.7")[0].path).wait_cost
    for count in counts:
        for kind in (kind for kind in KINDS if hasattr(select, kind)):
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


def run(
    plot: str, counts: Sequence[int] = COUNTS, idle_counts: Sequence[int] = IDLE_COUNTS, seconds: float = SECONDS
) -> int:
    """Print both tables; into the directory `plot`, if one is named, draw them: models and waits, .svg and .png.

    Raises BadInput if there can be no such directory.
    """
    target = Path(plot).expanduser() if plot else None
    if target:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"{plot} cannot be a directory for the plots: {error.strerror}") from None
    for model in MODELS:
        if not _installed(model):
            print(f"{model.program} is not installed: its server is left out")
    with room(max(*counts, *idle_counts) + SPARE) as limit:
        print(f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {os.cpu_count()} CPUs")
        if max(counts) + SPARE > limit:
            print(f"a process may open {limit:,} descriptors here: the largest loads are left out")
        measured = _print_rows([count for count in counts if count + SPARE <= limit], seconds)
        costs = _print_waits(idle_counts)
    if target:
        _draw(target, measured, costs)
    return 0


def _draw(target: Path, measured: list[Row], costs: list[Wait]) -> None:
    from dojo.upkeep import models_plot

    try:
        written = models_plot.draw(target, measured, costs)
    except ImportError as error:
        print(f"\n{error.name or error} is not installed: nothing is drawn")
        return
    print("\ndrawn: " + ", ".join(str(path) for path in written))


def _print_rows(counts: Sequence[int], seconds: float) -> list[Row]:
    measured: list[Row] = []
    for count in counts:
        mix = _mix(count)
        print(f"\n{count:,} connections: {mix.idle:,} idle, {mix.slow:,} slow, {mix.active:,} active")
        print(f"{'server':26}{'visits/s':>10}{'median':>10}{'p99':>10}{'processor':>13}{'memory':>10}{'clients':>9}")
        print(f"{'':26}{'':>10}{'ms':>10}{'ms':>10}{'s per 1,000':>13}{'MB':>10}{'busy':>9}")
        for row in rows((count,), seconds):
            measured.append(row)
            # A cell is empty where nothing could be measured: no visit ended, or the server did.
            cells = [
                _cell(row.visits, 10, 0),
                _cell(row.median, 10, 1, row.unfinished >= 0.5),
                _cell(row.p99, 10, 1, row.unfinished >= 0.01),
                _cell(row.processor, 13, 3),
                _cell(row.memory, 10, 1),
                f"{row.busy:9.0%}" if row.busy is not None else " " * 9,
            ]
            print(f"{row.model:26}{''.join(cells)}  {row.note}".rstrip(), flush=True)
    print(
        "\nA visit: connect, send 100 bytes, end the stream, read to the end, close. An active client begins the next"
    )
    print("visit when the last one has ended. Where the clients, all one process, are busy all the time, visits/s is")
    print("what they can do, and not what the server could: look at its processor time.")
    return measured


def _print_waits(counts: Sequence[int]) -> list[Wait]:
    measured = list(waits(counts))
    kinds = list(dict.fromkeys(wait.kind for wait in measured))
    print("\none wait, in microseconds, with one socket ready and all others idle")
    print(f"{'idle':>8}" + "".join(f"{kind:>10}" for kind in kinds))
    for idle in dict.fromkeys(wait.idle for wait in measured):
        line = [wait for wait in measured if wait.idle == idle]
        cells = [_cell(wait.cost * 1e6 if wait.cost is not None else None, 10, 1) for wait in line]
        notes = "; ".join(f"{wait.kind}: {wait.note}" for wait in line if wait.note)
        print(f"{idle:8,}{''.join(cells)}  {notes}".rstrip())
    return measured


def _cell(value: float | None, width: int, digits: int, at_least: bool = False) -> str:
    text = "" if value is None else ">" * at_least + f"{value:,.{digits}f}"
    return f"{text:>{width}}"
