"""When a save is complete, and whether it has changed the file that is judged."""

from __future__ import annotations

import time
from pathlib import Path

from dojo.core import files
from dojo.core.places import BadInput

COMPLETE = ("closed", "moved")  # kinds of change after which whoever saved has done: inotify(7) tells of them
SETTLED = 0.004  # seconds after the last sign of any other kind: a save may come in several steps
GONE = 0.15  # seconds that a file may be missing, or empty, while an editor replaces it


class Saves:
    """The saves of one file at a time."""

    def __init__(self) -> None:
        """Nothing has been saved."""
        self._at: float | None = None  # when the last sign of a save came
        self._settles = 0.0  # when it can be judged
        self._seen: tuple[int | bytes, ...] = ()  # the file as it was judged last

    def sign(self, kind: str) -> None:
        """There is a sign of a save, of a kind that watchdog tells."""
        self._at = time.monotonic()
        self._settles = self._at + (0 if kind in COMPLETE else SETTLED)

    @property
    def due(self) -> float | None:
        """When to look at it (time.monotonic()); None if nothing was saved."""
        return None if self._at is None else self._settles

    def judged(self, file: Path) -> None:
        """The file is judged as it is now."""
        self._seen = _state(file)

    def complete(self, file: Path) -> bool:
        """Whether there is a whole new file to judge; one that stays away counts as new too."""
        now = time.monotonic()
        if self._at is None or now < self._settles:
            return False
        state = _state(file)
        if not state and now - self._at < GONE:
            return False
        self._at = None
        return state != self._seen or not state


def _state(file: Path) -> tuple[int | bytes, ...]:
    """By what a save is told from a second sign of the same; empty if there is no file, or nothing in it yet.

    The times of two saves may be the same: before Linux 6.13 they are as coarse as the clock's tick.
    """
    try:
        found = file.stat()
    except OSError:
        return ()
    try:
        text = files.read(file) or b""
    except BadInput:  # what is no plain file of a sensible size is not read, and its times have to do
        text = b""
    return (found.st_ino, found.st_mtime_ns, text) if found.st_size else ()
