"""`make models`: the tables, and the plots if they are asked for."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from dojo.core.places import BadInput
from dojo.upkeep import models_plot
from dojo.upkeep.models_measured import (
    COUNTS,
    IDLE_COUNTS,
    LOAD_SECONDS,
    MODELS,
    SPARE_DESCRIPTORS,
    Row,
    Wait,
    installed,
    mix_of,
    room,
    rows,
    waits,
)


def command(wanted: str, side: str) -> int:
    """`make models`: all of it, drawn into PLOT= where that is said."""
    return run(os.environ.get("PLOT") or "")


def run(
    plot: str, counts: Sequence[int] = COUNTS, idle_counts: Sequence[int] = IDLE_COUNTS, seconds: float = LOAD_SECONDS
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
        if not installed(model):
            print(f"{model.program} is not installed: its server is left out")
    with room(max(*counts, *idle_counts) + SPARE_DESCRIPTORS) as limit:
        print(f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {os.cpu_count()} CPUs")
        if max(counts) + SPARE_DESCRIPTORS > limit:
            print(f"a process may open {limit:,} descriptors here: the largest loads are left out")
        measured = _print_rows([count for count in counts if count + SPARE_DESCRIPTORS <= limit], seconds)
        costs = _print_waits(idle_counts)
    if target:
        _draw(target, measured, costs)
    return 0


def _draw(target: Path, measured: list[Row], costs: list[Wait]) -> None:
    try:
        written = models_plot.draw(target, measured, costs)
    except ImportError as error:
        print(f"\n{error.name or error} is not installed: nothing is drawn")
        return
    print("\ndrawn: " + ", ".join(str(path) for path in written))


def _print_rows(counts: Sequence[int], seconds: float) -> list[Row]:
    measured: list[Row] = []
    for count in counts:
        mix = mix_of(count)
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
