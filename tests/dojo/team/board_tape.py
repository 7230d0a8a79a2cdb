"""The tape of a report as a page of its own: drawn by dojo.report.tape_page, where that is there.

What it draws is what a team has sent: it is read like the bytes of a test's own process, and the page
is served for a sandbox (board_http.py), as if somebody had written it who means harm.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

from dojo.core.places import choose
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.call import Call, pack, unpack
from dojo.team.board_state import Cell

DRAWING = "dojo.report.tape_page"  # a function page(tapes) in it, of pairs of a side's name and a verdict
IS_THERE = importlib.util.find_spec(DRAWING) is not None


def page(team: str, kata: str, cell: Cell, answer: Path) -> str | None:
    """The page on what a team has last sent of a kata, whose number this is; None if there is nothing to draw."""
    try:
        found = [unpack(pack(Call.from_json(values))) for values in json.loads(cell.tape or "[]")]
        calls = [call for call in found if call is not None]
        if not IS_THERE or not calls:
            return None
        [which] = choose(kata)
        last = max(call.ended or call.began for call in calls)
        verdict = Verdict(
            Kind.named(cell.verdict), seconds=last / 1e9, tape=calls, kata=which.id, name=which.name, test=cell.first,
            module=str(answer), suite=str(which.suite),
        )  # fmt: skip
        drawing: Any = importlib.import_module(DRAWING)
        return str(drawing.page([(team, verdict)]))
    except Exception:  # of whatever sort: others have written it
        return None
