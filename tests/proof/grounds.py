"""Reset and undo on a ground of their own, for the proof that they lose nothing."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from dojo.core import files
from dojo.learner import kept_work, put_aside
from dojo.upkeep.races import Ground

# Calls that change what another process finds: between two of them a kill leaves the same behind wherever it comes.
CHANGES = {"open", "write", "pwrite", "flush", "close", "ftruncate", "mkdir", "chmod", "rename", "link", "unlink"}


def reset(ground: Ground) -> str:
    """`make reset` of the ground's kata; what it says."""
    return kept_work.reset(ground.kata, ground.side)


def undo(ground: Ground) -> str:
    """`make undo` of the ground's kata; what it says."""
    return kept_work.undo(ground.kata, ground.side)


def save(ground: Ground, text: bytes) -> bytes:
    """The answer, as an editor writes it; returns the text."""
    ground.answer.write_bytes(text)
    return text


def kept(ground: Ground) -> list[Path]:
    """The copies on the shelf, the newest first."""
    return [copy.path for copy in put_aside.Shelf(ground.kata, ground.side).copies()]


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where two files cannot be exchanged in one step."""
    monkeypatch.setattr(files, "exchange", lambda one, other: False)


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Do something in a process that kills itself before its change number `step`; False if it came to its end."""
    process = os.fork()
    if process:
        return os.WIFSIGNALED(os.waitpid(process, 0)[1])
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        if event == "c_call" and argument.__name__ in CHANGES:
            calls += 1
            if calls == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    action()
    os._exit(0)


def steps() -> Iterator[int]:
    """Numbers of changes, for a loop that ends with the command."""
    yield from range(1, 2000)
    raise AssertionError("it never came to its end")
