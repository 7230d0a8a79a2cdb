"""What the keys of `make watch` act on."""

from __future__ import annotations

from typing import Protocol

import pytest

from dojo.core.places import Kata
from dojo.watch.display import Display
from dojo.watch.screens import Run
from dojo.watch.telling_board import Link


class Watching(Protocol):
    """A watch, as its keys know it."""

    katas: list[Kata]
    kata: Kata
    side: str
    run: Run  # the last one that came to its end; without verdicts while another one is under way
    broken: str  # why nothing can be judged, if nothing can be
    display: Display
    board: Link | None  # the way to the board of a dojo

    def leave(self) -> None:
        """End the watch."""

    def interrupt(self) -> None:
        """End a run that is under way, and the watch if there is none."""

    def suspend(self) -> None:
        """Stop, until the shell says fg."""

    def judge(self) -> None:
        """Judge the file as it is now."""

    def choose(self, kata: Kata) -> None:
        """Turn to a kata and judge it."""

    def first_red(self) -> pytest.Item | None:
        """The test that the report is about."""
