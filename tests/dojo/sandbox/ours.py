"""The settings of the process that judges: a test can change them, as any process of the same user can."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from typing import Any

ALL_LIMITS = {name: getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")}


class Ours:
    """Those of this process, as they shall be."""

    def __init__(self) -> None:
        """As they are now."""
        self._before = _now()
        self.spoiled = False  # who has less rights than root cannot undo everything

    def put_back(self) -> list[str]:
        """Put back what is not as it was; what that is, in words."""
        found = []
        for name, value in _now().items():
            if value == self._before[name]:
                continue
            found.append(f"{name} of the process that judges was changed to {_shown(value)}")
            try:
                _set(name, self._before[name])
            except (OSError, ValueError):
                self.spoiled = True
        return found


def _now() -> dict[str, Any]:
    found: dict[str, Any] = {name: resource.getrlimit(number) for name, number in ALL_LIMITS.items()}
    found["the priority"] = os.getpriority(os.PRIO_PROCESS, 0)
    if hasattr(os, "sched_getaffinity"):
        found["the set of processors"] = os.sched_getaffinity(0)
        found["the scheduling policy"] = os.sched_getscheduler(0)
    return found


def _set(name: str, value: Any) -> None:
    setters: dict[str, Callable[[Any], None]] = {
        "the priority": lambda priority: os.setpriority(os.PRIO_PROCESS, 0, priority),
        "the set of processors": lambda processors: os.sched_setaffinity(0, processors),
        "the scheduling policy": lambda policy: os.sched_setscheduler(0, policy, os.sched_param(0)),
    }
    if name in setters:
        setters[name](value)
    else:
        resource.setrlimit(ALL_LIMITS[name], value)


def _shown(value: Any) -> str:
    return str(value[0] if isinstance(value, tuple) else value)  # of a limit, the soft one
