"""A picture as SVG: time runs down, waiting is an open bar and copying a solid one.

What is text on a tape is text here: everything is escaped, and control characters are spelled out.
The colours and shapes are in drawing.css, for a file of its own and for a page alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from dojo.core.columns import columns, fit
from dojo.core.screen import Screen
from dojo.tape.picture import ACTS, ASKS, COPIES, ENDS, FAILS, GAP, NEVER, REFUSED, TAKES, WAITS, Picture, Step

STYLE = (Path(__file__).parent / "drawing.css").read_text(encoding="utf-8")
ROW, HALF = 24, 12  # units: the height of a row
COLUMN = 7.3  # the width of a character; drawing.css says how large it is
HEADING = 8.0  # and of one of a heading
LANE, GUTTER = 18, 14  # between two lines of lanes, and before and after a text
TIME = 62  # for a time, where there is one
LONGEST, NAME = 64, 24  # columns of a text, and of a lane's title
LEGEND = (
    (WAITS, "waiting"),
    (COPIES, "copying"),
    (ASKS, "answered at once"),
    (REFUSED, "not now, or an error"),
    (ACTS, "a peer"),
)


@dataclass(frozen=True)
class Places:
    """Where things stand from left to right."""

    threads: dict[str, float]
    calls: float  # the texts of calls begin here
    kernel: float
    peers: dict[str, float]
    acts: float  # and those of peers here
    width: float


@dataclass(frozen=True)
class Drawing:
    """A picture in two parts, the titles of its lanes and the lanes: a page keeps the first in sight."""

    head: str
    body: str
    width: float
    top: float  # the height of the head
    height: float  # of the body


def text_of(text: str) -> str:
    """A text of the tape as it may stand in SVG and HTML."""
    return escape(Screen.plain().spell(text.replace("\n", " ")))


def draw(picture: Picture, places: Places | None = None, rows: Sequence[int] = (), times: bool = False) -> Drawing:
    """The drawing; `times` shows them. `rows` are the rows of the steps, where they are not one after the other.

    Two pictures that stand below each other may have the same `places`.
    """
    places = places or places_of([picture], times)
    rows = rows or range(len(picture.steps))
    height = float(ROW * (max(rows, default=0) + 1))
    parts = [_lifeline(x, height, "thread") for x in places.threads.values() if x]
    parts += [_lifeline(places.kernel, height, "kernel")]
    parts += [_lifeline(x, height, "peer") for x in places.peers.values()]
    for number, step in enumerate(picture.steps):
        if step.kind == WAITS:
            end = len(picture.steps) - 1 if step.until == NEVER else step.until
            high = ROW * (rows[end] - rows[number])
            parts.append(
                f'<rect class="bar" data-from="{number}" data-to="{end}" x="{places.threads[step.lane] - 6:g}" '
                f'y="{ROW * rows[number] + HALF - 7}" width="12" height="{high + 14}" rx="2"/>'
            )
    for number, step in enumerate(picture.steps):
        y = ROW * rows[number] + HALF
        parts.append(f'<g class="step {step.kind}" transform="translate(0 {y})">{_step(step, places, times)}</g>')
    head, top = _head(places)
    return Drawing(head, "".join(parts), places.width, top, height)


def places_of(pictures: Sequence[Picture], times: bool = False) -> Places:
    """Where things stand in pictures of which each has the lanes and texts of all."""
    x = float(TIME if times else LANE)
    threads, peers = dict[str, float](), dict[str, float]()
    for name in dict.fromkeys(name for one in pictures for name in one.threads):
        threads[name] = x
        x += LANE
    steps = [step for one in pictures for step in one.steps]
    calls = x
    x += _room([step for step in steps if step.kind not in (ACTS, TAKES)]) + GUTTER
    kernel = x
    x += COLUMN * max((_columns(step.kernel) for step in steps), default=0) + 2 * GUTTER
    for name in dict.fromkeys(name for one in pictures for name in one.peers):
        peers[name] = x
        x += LANE
    x += _room([step for step in steps if step.kind in (ACTS, TAKES)])
    return Places(threads, calls, kernel, peers, max(peers.values(), default=0) + GUTTER, round(x + GUTTER))


def _room(steps: Sequence[Step]) -> float:
    return COLUMN * max((_columns(step.text) + len(_again(step)) for step in steps), default=0)


def _columns(text: str) -> int:
    return min(LONGEST, columns(Screen.plain().spell(text)))


def _again(step: Step) -> str:
    return f" × {step.times:,}" if step.times > 1 else ""


def _head(places: Places) -> tuple[str, float]:
    """The titles of the lanes: aslant, where several stand close to each other."""
    groups = [(places.threads, "thread"), ({"kernel": places.kernel}, "kernel"), (places.peers, "peer")]
    longest = max((columns(name) for group, _ in groups if len(group) > 1 for name in group), default=0)
    height = max(26.0, 14 + COLUMN * 0.75 * min(longest, NAME))
    parts = []
    for group, kind in groups:
        for name, x in group.items():
            turn = f' transform="rotate(-50 {x:g} {height - 8:g})"' if len(group) > 1 else ""
            parts.append(f'<text class="title {kind}" x="{x - 6:g}" y="{height - 8:g}"{turn}>{_cut(name, NAME)}</text>')
    return "".join(parts), height


def _cut(text: str, most: int = LONGEST) -> str:
    return escape(fit(Screen.plain().spell(text.replace("\n", " ")), most))


def _lifeline(x: float, height: float, kind: str) -> str:
    return f'<line class="lane {kind}" x1="{x:g}" x2="{x:g}" y1="0" y2="{height:g}"/>'


def _step(step: Step, places: Places, times: bool) -> str:
    """The marks and texts of a step, round the middle of its row."""
    peers = step.kind in (ACTS, TAKES)
    x = places.peers[step.lane] if peers else places.threads[step.lane]
    begins = places.acts if peers else places.calls
    parts = [_text("at", TIME - 14, f"{step.at:.1f}")] if times else []
    if begins - x > LANE:  # from a line that stands further left
        parts.append(f'<path class="lead" d="M{x + 7:g} 0H{begins - 3:g}"/>')
    if step.kind == ACTS:
        parts.append(_arrow(x - 5, places.kernel + 1))
    elif step.kind == TAKES:
        parts.append(_arrow(places.kernel, x - 6))
    elif step.since != NEVER:
        parts.append(_arrow(places.kernel, x + 7))
    parts.append(_mark(step.kind, x))
    if step.text:
        parts.append(_text("call", begins, step.text, _again(step)))
    if step.kernel and step.kind not in (GAP, ENDS):
        parts.append(_text("came", places.kernel + GUTTER, step.kernel))
    return "".join(parts)


def _text(kind: str, x: float, text: str, more: str = "") -> str:
    return f'<text class="{kind}" x="{x:g}" y="4">{_cut(text)}{more}</text>'


def _mark(kind: str, x: float) -> str:
    if kind == COPIES:
        return f'<rect class="mark" x="{x - 6:g}" y="-7" width="12" height="14" rx="2"/>'
    if kind in (REFUSED, FAILS):
        return f'<path class="mark" d="M{x - 5:g} -5l10 10m0 -10l-10 10"/>'
    if kind in (ACTS, TAKES):
        return f'<path class="mark" d="M{x:g} -5l5 5l-5 5l-5 -5z"/>'
    if kind == ENDS:
        return f'<rect class="mark" x="{x - 5:g}" y="-5" width="10" height="10"/>'
    return f'<circle class="mark" cx="{x:g}" cy="0" r="4"/>' if kind == ASKS else ""


def _arrow(x: float, to: float) -> str:
    tip = 6 if to < x else -6
    return f'<path class="arrow" d="M{x:g} 0H{to:g}m{tip} -4l{-tip} 4l{tip} 4"/>'


def legend() -> list[tuple[str, str]]:
    """The marks, each round a point, and what they mean."""
    bar = '<rect class="bar" x="-6" y="-7" width="12" height="14" rx="2"/>'
    return [(f'<g class="step {kind}">{bar if kind == WAITS else _mark(kind, 0)}</g>', words) for kind, words in LEGEND]


def standalone(pictures: Sequence[tuple[str, Picture]], title: str, described: str) -> str:
    """A file of its own: the pictures below each other, each with its heading, in the same lanes.

    `title` and `described` are for who cannot see it.
    """
    places = places_of([one for _, one in pictures])
    longest = max(columns(heading) for heading, _ in pictures)
    width = max(places.width, 2 * GUTTER + round(HEADING * longest), 620)
    y, parts = 10.0, []
    for heading, one in pictures:
        drawing = draw(one, places)
        parts.append(f'<text class="heading" x="{GUTTER}" y="{y + 16:g}">{text_of(heading)}</text>')
        parts.append(f'<g transform="translate(0 {y + 22:g})">{drawing.head}</g>')
        parts.append(f'<g transform="translate(0 {y + 22 + drawing.top:g})">{drawing.body}</g>\n')
        y += 22 + drawing.top + drawing.height + 14
    x = LANE
    for mark, words in legend():
        text = _text("came", GUTTER, words)
        parts.append(f'<g transform="translate({x:g} {y + HALF:g})">{mark}{text}</g>\n')
        x += round(COLUMN * len(words)) + 3 * GUTTER
    y += ROW + 6
    return (
        f'<svg class="tape" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {y:g}" width="{width:g}" '
        f'height="{y:g}" role="img" aria-labelledby="title described">\n<title id="title">{text_of(title)}</title>\n'
        f'<desc id="described">{text_of(described)}</desc>\n<style>\n{STYLE}</style>\n'
        f'<rect class="back" width="{width:g}" height="{y:g}" rx="6"/>\n{"".join(parts)}</svg>\n'
    )
