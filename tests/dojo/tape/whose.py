"""Whose a call is: the learner's, a peer's, or the engine's own. Where the code lives decides, never a name's end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypeVar

_SUITE = Path(__file__).parents[1] / "suite"  # as the frames of its modules name it, links and all
# What these packages of dojo.suite ask of the kernel is no step of the story that a test tells.
OBSERVERS = str(_SUITE / "observers")
ENGINE = (str(_SUITE / "fixtures"), OBSERVERS)
FAULTS = str(_SUITE / "faults")  # acts in the middle of the learner's calls, and is a peer
_LIBRARY = Path(os.__file__).parent  # as the frames of its modules name it, links and all
LOOP, BASE = str(_LIBRARY / "asyncio" / "selector_events.py"), str(_LIBRARY / "asyncio" / "base_events.py")
SELECTORS = str(_LIBRARY / "selectors.py")
Standing = TypeVar("Standing", bound=Callable[..., object])
_STAND_INS: set[CodeType] = set()
ITS_OWN = ("_make_self_pipe", "_close_self_pipe", "_read_from_self", "_write_to_self")


def whose(kata: str, suite: str) -> tuple[str, int] | None:
    """Whose the call is that is about to be made, "you", "peer" or "engine", and the line of the kata.

    The nearest frame of one of the files `kata` and `suite` decides; None where none of
    them is on the stack. What the suite's own functions do when the kata calls them is a
    peer's, unless they stand in for what it calls: see stands_in(). asyncio's loop calls
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
            meddled = meddled or frame.f_code not in _STAND_INS
        elif name.startswith(FAULTS):
            return "peer", 0
        elif name.startswith(ENGINE):
            return "engine", 0
        inner = name
        frame = frame.f_back  # type: ignore[assignment]
    return None


def stands_in(what: Standing) -> Standing:
    """Mark a function of a suite, or all of a class, as what stands in for a call: who calls it makes that call."""
    for one in vars(what).values() if isinstance(what, type) else (what,):
        if isinstance(one, FunctionType):
            _STAND_INS.add(one.__code__)
    return what


def _is_its_own(function: str, called: str) -> bool:
    """Whether asyncio's loop acts for itself: its wake-up pipe, its selector made and closed."""
    return function in ITS_OWN or (function in ("__init__", "close") and called == SELECTORS)
