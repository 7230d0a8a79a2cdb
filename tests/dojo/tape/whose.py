"""Whose a call is: the learner's, a peer's, or the engine's own. Where the code lives decides, never a name's end."""

from __future__ import annotations

import functools
import linecache
import os
import re
import sys
from pathlib import Path

_SUITE = Path(__file__).resolve().parents[1] / "suite"
# What these packages of dojo.suite ask of the kernel is no step of the story that a test tells.
ENGINE = tuple(str(_SUITE / name) for name in ("fixtures", "observers"))
FAULTS = str(_SUITE / "faults")  # acts in the middle of the learner's calls, and is a peer
_LIBRARY = Path(os.__file__).parent  # as the frames of its modules name it, links and all
LOOP, BASE = str(_LIBRARY / "asyncio" / "selector_events.py"), str(_LIBRARY / "asyncio" / "base_events.py")
SELECTORS = str(_LIBRARY / "selectors.py")
KEPT = re.compile(r"return\b|\w[\w., ]* [-+]?= |for |if |while |with ")  # how a line begins that uses what it calls
ITS_OWN = ("_make_self_pipe", "_close_self_pipe", "_read_from_self", "_write_to_self")


def whose(kata: str, suite: str) -> tuple[str, int] | None:
    """Whose the call is that is about to be made, "you", "peer" or "engine", and the line of the kata.

    The nearest frame of one of the files `kata` and `suite` decides; None where none of
    them is on the stack. What the suite's own functions do when the kata calls them is a
    peer's, unless they stand in for what it calls and pass that on. asyncio's loop calls
    back without the kata's frames on its stack; what it does is the learner's all the
    same, unless a coroutine of the suite asked for it.
    """
    frame = sys._getframe(3)
    seen = meddled = False
    inner = ""
    while frame is not None:
        name = frame.f_code.co_filename
        if name == kata:
            return ("peer", 0) if meddled else ("you", frame.f_lineno)
        if name == LOOP and _is_its_own(frame.f_code.co_name, inner):
            return "engine", 0
        if name == BASE and frame.f_code.co_name == "_run_once":
            return ("peer" if seen else "you"), 0
        if name == suite:
            seen = True
            meddled = meddled or not _passes_on(frame.f_code.co_name, suite, frame.f_lineno)
        elif name.startswith(FAULTS):
            return "peer", 0
        elif name.startswith(ENGINE):
            return "engine", 0
        inner = name
        frame = frame.f_back  # type: ignore[assignment]
    return None


@functools.cache
def _passes_on(function: str, suite: str, line: int) -> bool:
    """Whether this line of a function of the suite makes the call for its caller, for whom it stands in.

    It uses what comes of it, or makes the call of its own name. A listener of the suite's may accept a client for a
    rival before it accepts the caller's: what comes of that is thrown away. The lines are in linecache before a test
    begins, which may have no descriptor to open a file.
    """
    text = linecache.getline(suite, line).strip()
    mentioned = re.search(rf"\b{function}\b(?!\([^()]*\)[.\[])", text)
    return KEPT.match(text) is not None or mentioned is not None


def _is_its_own(function: str, called: str) -> bool:
    """Whether asyncio's loop acts for itself: its wake-up pipe, its selector made and closed."""
    return function in ITS_OWN or (function in ("__init__", "close") and called == SELECTORS)
