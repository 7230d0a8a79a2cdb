"""The plots of `make models`, with matplotlib; imported only when they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.upkeep.models_measured import Row, Wait

# Okabe and Ito's colours, which the colour-blind can tell apart; the shape of the mark says it once more.
CURVE_COLOURS = ("#000000", "#E69F00", "#CC79A7", "#D55E00", "#009E73", "#0072B2", "#56B4E9", "#7F7F7F")
CURVE_MARKS = "osD^vP*X"
GAP = 13.0  # points between two labels
STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "models",  # the same numbers give the same file
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#E5E5E5",
    "axes.titlesize": 10.0,
    "axes.titlelocation": "left",
}


@dataclass
class Line:
    """What is drawn of one server or one call: its points, and a word on why they end."""

    name: str
    points: list[tuple[float, float]]
    colour: str
    mark: str
    ended: str = ""


def draw(target: Path, rows: Sequence[Row], waits: Sequence[Wait]) -> list[Path]:
    """Draw models and waits as .svg and .png into a directory; returns the files. ImportError without matplotlib."""
    matplotlib: Any = importlib.import_module("matplotlib")
    matplotlib.use("Agg")
    pyplot: Any = importlib.import_module("matplotlib.pyplot")
    written = []
    with matplotlib.rc_context(STYLE):
        for name, figure in (("models", _models(pyplot, rows)), ("waits", _waits(pyplot, waits))):
            for suffix, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
                written.append(target / f"{name}.{suffix}")
                figure.savefig(written[-1], metadata=metadata, dpi=150)
            pyplot.close(figure)
    return written


def _models(pyplot: Any, rows: Sequence[Row]) -> Any:
    figure, axes = pyplot.subplots(2, 2, figsize=(13, 8.6))
    figure.subplots_adjust(left=0.06, right=0.85, top=0.88, bottom=0.115, wspace=0.68, hspace=0.32)
    figure.suptitle(
        "One visit after the other, served by each model (make models)", x=0.06, y=0.97, ha="left", fontsize=13
    )
    figure.text(
        0.06, 0.925, "Half of the clients are idle, a tenth send a byte every 50 ms, the others visit.", va="top"
    )
    panels = (
        ("visits", "Throughput: visits a second", True),
        ("p99", "Tail latency: p99 of a visit, ms", True),
        ("processor", "The server's processor time: s for 1,000 visits", True),
        ("memory", "The server's resident memory, MB", False),
    )
    for axis, (value, title, log) in zip(axes.flat, panels, strict=True):
        lines = _lines(rows, value)
        _panel(axis, lines, title, "connections", log)
    told = [row for row in rows if not row.visits]
    first = [row for row in told if row is next(other for other in told if other.model == row.model)]
    words = (f"{row.model}, from {row.connections:,} connections: {_why(row)}" for row in first)
    figure.text(0.06, 0.02, "\n".join(words))
    return figure


def _why(row: Row) -> str:
    return row.note if row.visits is None else f"0 visits, {row.note}"


def _lines(rows: Sequence[Row], value: str) -> list[Line]:
    lines = []
    for number, name in enumerate(dict.fromkeys(row.model for row in rows)):
        mine = [row for row in rows if row.model == name]
        points = [(float(row.connections), getattr(row, value)) for row in mine if row.visits and getattr(row, value)]
        ended = any(row.note.startswith("ended") for row in mine)
        if points:
            colour, mark = CURVE_COLOURS[number % len(CURVE_COLOURS)], CURVE_MARKS[number % len(CURVE_MARKS)]
            lines.append(Line(name, points, colour, mark, " (ended)" if ended else ""))
    return lines


def _waits(pyplot: Any, waits: Sequence[Wait]) -> Any:
    figure, axis = pyplot.subplots(figsize=(8, 5))
    figure.subplots_adjust(left=0.09, right=0.76, top=0.86, bottom=0.12)
    figure.suptitle(
        "The cost of one wait against the number of idle sockets (make models)", x=0.09, y=0.965, ha="left", fontsize=13
    )
    lines = []
    for number, kind in enumerate(dict.fromkeys(wait.kind for wait in waits)):
        mine = [wait for wait in waits if wait.kind == kind]
        points = [(float(wait.idle), wait.cost * 1e6) for wait in mine if wait.cost]
        ended = " (ValueError)" if any(wait.note.startswith("ValueError") for wait in mine) else ""
        lines.append(Line(kind, points, CURVE_COLOURS[2 + number], CURVE_MARKS[number], ended))
    _panel(axis, lines, "Microseconds of one wait with one socket ready", "idle sockets", True)
    return figure


def _panel(axis: Any, lines: Sequence[Line], title: str, below: str, log: bool) -> None:
    ticker: Any = importlib.import_module("matplotlib.ticker")
    for line in lines:
        axis.plot(*zip(*line.points, strict=True), color=line.colour, marker=line.mark, markersize=5, linewidth=1.5)
    axis.set_title(title)
    axis.set_xlabel(below)
    axis.set_xscale("log")
    axis.xaxis.set_major_locator(ticker.FixedLocator(sorted({x for line in lines for x, _ in line.points})))
    plain = ticker.FuncFormatter(lambda value, _: f"{value:,g}")
    axis.xaxis.set_minor_locator(ticker.NullLocator())
    axis.xaxis.set_major_formatter(plain)
    if log:
        axis.set_yscale("log")
        axis.yaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
        axis.yaxis.set_minor_locator(ticker.NullLocator())
    else:
        axis.set_ylim(bottom=0)
    axis.yaxis.set_major_formatter(plain)
    _label(axis, lines)


def _label(axis: Any, lines: Sequence[Line]) -> None:
    """Write each name beside its line's end, none upon another, in the order of the ends."""
    low, high = axis.transAxes.transform([(0, 0), (0, 1)])[:, 1]
    gap = GAP * axis.figure.dpi / 72 / (high - low)  # as a share of the panel's height
    ends = []
    for line in lines:
        place = axis.transAxes.inverted().transform(axis.transData.transform(line.points[-1]))
        ends.append((float(place[1]), float(place[0]), line))
    ends.sort(key=lambda end: end[:2])
    heights: list[float] = []
    for height, _, _ in ends:
        heights.append(max([height, *(lower + gap for lower in heights[-1:])]))
    # Pushed up, the uppermost may have left the panel: down again, with as many below as are in the way.
    roof = 1.0
    for number in reversed(range(len(heights))):
        heights[number] = min(heights[number], roof)
        roof = heights[number] - gap
    for height, (end, across, line) in zip(heights, ends, strict=True):
        place = {"color": line.colour, "transform": axis.transAxes, "clip_on": False}
        axis.plot([across, 1.0, 1.07], [end, end, height], linewidth=0.7, linestyle=":", **place)
        axis.text(1.08, height, line.name + line.ended, va="center", **place)
