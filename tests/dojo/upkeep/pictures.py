"""Tapes as pictures beside a chapter's page: the same whenever they are drawn, so without times and ports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dojo.core.screen import Screen
from dojo.tape import lanes, svg
from dojo.tape.folding import DURATION, Row
from dojo.tape.picture import picture

PORT = re.compile(r"127\.0\.0\.1:\d+")


def timeless(rows: Sequence[Row]) -> list[Row]:
    """The rows without what is another in each run, and without what an event loop looks for between two callbacks."""

    def told(text: str) -> str:
        return PORT.sub("127.0.0.1", DURATION.sub("woken", text))

    return [
        replace(row, you=told(row.you), kernel=told(row.kernel), peers=told(row.peers))
        for row in rows
        if row.line or row.peers or row.kernel != "→ []"
    ]


def drawn(title: str, tapes: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """The picture of tapes below each other, each with its heading."""
    return svg.standalone([(heading, picture(rows)) for heading, rows in tapes], title, "\n".join(_told(tapes)))


def on_a_page(file: str, title: str, tapes: Sequence[tuple[str, Sequence[Row]]]) -> str:
    """What a page says to show the picture in a file, and the same as text for who has no picture."""
    text = "\n".join(_told(tapes))
    return f"![{title}]({file})\n\n<details><summary>The same as text</summary>\n\n```text\n{text}\n```\n\n</details>\n"


def _told(tapes: Sequence[tuple[str, Sequence[Row]]]) -> list[str]:
    lines: list[str] = []
    for heading, rows in tapes:
        whole = lanes.whole(rows, Screen.plain(), times=False)
        lines += [*[""] * bool(lines), heading, *(f"│ {line}" for line in whole)]
    return lines
