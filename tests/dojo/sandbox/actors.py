"""What acts in a process without being called: handlers, hooks, callbacks. It may raise anywhere, in the engine too."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from dojo.core import processes
from dojo.sandbox.settings import plain_signal

SIGNALS = {int(number): processes.signal_name(number) for number in signal.valid_signals()}
LISTS: tuple[tuple[Any, str], ...] = ((sys, "meta_path"), (sys, "path_hooks"), (gc, "callbacks"))
_threading: Any = threading
_gettrace, _getprofile = sys.gettrace, sys.getprofile  # the real ones, whatever takes their names later
_add_audit_hook = sys.addaudithook
_audit_hooks: list[object] = []  # of this process


def note_audit_hooks() -> None:
    """Take down from now on which audit hooks are added: nothing lists them, and nothing removes them (PEP 578)."""
    sys.addaudithook = _noted


def _noted(hook: Callable[[str, tuple[object, ...]], Any]) -> None:
    _audit_hooks.append(hook)
    _add_audit_hook(hook)


def audited() -> bool:
    """Whether the code under test has added an audit hook."""
    return bool(_audit_hooks)


class Actors:
    """Those of this process at one moment."""

    def __init__(self) -> None:
        """Those there are now."""
        self._handlers = {number: plain_signal.getsignal(number) for number in SIGNALS}
        self._lists = [_held(getattr(owner, name)) for owner, name in LISTS]
        self._tracing = (_threading._trace_hook, _threading._profile_hook)
        self.tracing = (_gettrace(), _getprofile(), *self._tracing)
        self._audited = len(_audit_hooks)

    def put_back(self) -> list[str]:
        """Give the lists of hooks and callbacks back what they held; what was changed, in words."""
        found = []
        for (owner, name), held in zip(LISTS, self._lists, strict=True):
            holds = _held(getattr(owner, name))
            if len(holds) != len(held) or any(new is not old for new, old in zip(holds, held, strict=True)):
                _fill(owner, name, held)
                found.append(f"{owner.__name__}.{name} was changed")
        return found

    def changed(self, trace: object, profile: object) -> list[str]:
        """What else is not as it was, in words; `trace` and `profile` were in place when the test was over."""
        now = Actors()
        found = ["an audit hook was added, and nothing removes it"] if now._audited > self._audited else []
        for number, handler in now._handlers.items():
            if handler is not self._handlers[number]:
                found.append(f"the handler of {SIGNALS[number]} was changed")
        if any(new is not old for new, old in zip((trace, profile, *now._tracing), self.tracing, strict=True)):
            found.append("a trace or profile function is still in place")
        return found


def _held(value: Any) -> list[Any]:
    return list(value) if type(value) is list else [value]


def _fill(owner: Any, name: str, held: list[Any]) -> None:
    there = getattr(owner, name)
    if type(there) is list:
        there[:] = held
    else:
        setattr(owner, name, held)
