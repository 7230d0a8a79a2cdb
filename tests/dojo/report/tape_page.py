"""A tape as a page of its own, to step through: `make tape HTML=`, and whoever else shows a test to people.

The page is one file. It asks for nothing from anywhere, and its policy forbids that. All that comes from a test
or a file is text in it, whatever it holds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from dojo.core.places import shown
from dojo.core.screen import Screen
from dojo.report import failure
from dojo.report.others import sentence
from dojo.sandbox.statements import source_lines
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape import lanes, svg
from dojo.tape.picture import WORDS, Picture, beside, picture

GENERATOR = '<meta name="generator" content="socket katas: make tape">'
BEGINNING = 400  # bytes of a page in which that stands
ROUND = 2  # lines of the source before and behind the one that called
LONGEST = 200  # characters of a line of the source
HERE = Path(__file__).parent


def page(tapes: Sequence[tuple[str, Verdict]], place: str = "") -> str:
    """The page on one tape, or on two beside each other; each is a verdict, with the name of the side it is of.

    `place` says which test of the suite it is, as in "test 3 of 9".
    """
    pictures = [_picture(verdict) for _, verdict in tapes]
    rows = [list(range(len(one.steps))) for one in pictures]
    if len(pictures) == 2:
        rows = list(beside(pictures[0].steps, pictures[1].steps))
    first = tapes[0][1]
    title = f"{first.kata} {first.name} · {sentence(first.test)}"
    data = [_data(verdict, one, own) for (_, verdict), one, own in zip(tapes, pictures, rows, strict=True)]
    script, style = _asset("tape_page.js"), _asset("tape_page.css") + svg.STYLE
    values = {
        "generator": GENERATOR,
        "policy": f"default-src 'none'; style-src 'unsafe-inline'; script-src '{_hash(script)}'",
        "title": svg.text_of(title),
        "place": svg.text_of(place),
        "style": style,
        "script": script,
        "legend": "".join(
            f'<span><svg class="tape" width="20" height="20" aria-hidden="true"><g transform="translate(10 10)">{mark}'
            f"</g></svg> {words}</span>\n"
            for mark, words in svg.legend()
        ),
        "tapes": "".join(
            _section(number, name, verdict, one, own)
            for number, ((name, verdict), one, own) in enumerate(zip(tapes, pictures, rows, strict=True))
        ),
        "count": str(len(tapes)),
        "texts": "".join(_as_text(name, verdict) for name, verdict in tapes),
        # No "<" is left that could end the element.
        "data": json.dumps({"words": WORDS, "row": svg.ROW, "tapes": data}).replace("<", "\\u003c"),
    }
    return re.sub("%%([a-z]+)%%", lambda found: values[found[1]], _asset("tape_page.html"))


def _asset(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _picture(verdict: Verdict) -> Picture:
    return picture(failure.rows_of(verdict), 1000 * verdict.seconds, failure.who_acts(verdict))


def _data(verdict: Verdict, one: Picture, rows: Sequence[int]) -> dict[str, Any]:
    """What the script knows of a tape: all texts with their control characters spelled out."""
    spell, module = Screen.plain().spell, Path(verdict.module)
    wanted = {step.line + way for step in one.steps if step.line for way in range(-ROUND, ROUND + 1)}
    return {
        "file": spell(shown(module)),
        "source": {line: spell(text[:LONGEST].expandtabs()) for line, text in source_lines(module, wanted).items()},
        "steps": [
            {
                "row": row,
                "at": round(step.at, 3),
                "lane": spell(step.lane),
                "kind": step.kind,
                "text": spell(step.text or (one.steps[step.since].text if step.since >= 0 else "")),
                "came": spell(step.kernel),
                "line": step.line,
            }
            for row, step in zip(rows, one.steps, strict=True)
        ],
    }


def _section(number: int, name: str, verdict: Verdict, one: Picture, rows: Sequence[int]) -> str:
    """A tape with its heading: what came of the test, and the drawing, whose titles stay in sight."""
    drawing = svg.draw(one, rows=rows, times=True)
    name, good = svg.text_of(name), verdict.kind.good
    said = "" if verdict.kind is Kind.PASSED else failure.first_words(verdict) or verdict.words
    empty = "" if one.steps else "<p>No call on a socket in this test.</p>"
    wide = f'width="{drawing.width:g}"'
    return (
        f'<section class="side" aria-labelledby="side{number}"><h2 id="side{number}">{name} <span class="verdict '
        f'{"good" if good else "bad"}">{"✓" if good else "✗"} {escape(verdict.kind.word)}</span></h2>\n'
        f'<p class="said">{svg.text_of(said)}</p>{empty}\n'
        f'<div class="scroll" tabindex="0" role="group" aria-label="the drawing of {name}; each step is told below">\n'
        f'<svg class="tape head" {wide} height="{drawing.top:g}" aria-hidden="true">{drawing.head}</svg>\n'
        f'<svg class="tape body" {wide} height="{drawing.height:g}" aria-hidden="true">'
        f'<rect class="cursor" {wide} height="{svg.ROW}"/>{drawing.body}</svg>\n</div>\n'
        f"{_asset('tape_panel.html')}</section>\n"
    )


def _as_text(name: str, verdict: Verdict) -> str:
    rows = failure.rows_of(verdict)
    drawn = lanes.whole(rows, Screen.plain(), 1000 * verdict.seconds, failure.who_acts(verdict)) if rows else []
    lines = "\n".join(escape(Screen.plain().spell(line)) for line in drawn)
    return f'<h3>{svg.text_of(name)}</h3>\n<pre tabindex="0">{lines}</pre>\n'
