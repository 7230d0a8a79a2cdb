"""How far a course is judged, said on standard error."""

from __future__ import annotations

import sys
import time

BEAT = 0.5  # seconds between two lines of progress on a terminal
SLOW_BEAT = 10.0  # elsewhere


class Progress:
    """How far it is, and how long it will take yet: a line on standard error."""

    def __init__(self, texts: int, tests: int, what: str) -> None:
        """There are so many tests, of so many answers, to judge."""
        self._texts, self._tests, self._what = texts, tests, what
        self._began = self._shown = time.monotonic()
        self._tty = sys.stderr.isatty()

    def show(self, count: int) -> None:
        """So many tests are decided; said from time to time."""
        now = time.monotonic()
        if now - self._shown >= (BEAT if self._tty else SLOW_BEAT):
            self._shown = now
            took = now - self._began
            left = took / count * (self._tests - count)
            print(
                f"{self._line(count)}: {took:.0f} s, about {left:.0f} s left",
                end=self._end,
                file=sys.stderr,
                flush=True,
            )

    def end(self) -> None:
        """Say how long it took, if there was anything to do."""
        if self._tests:
            took = time.monotonic() - self._began
            print(f"{self._line(self._tests)}: {took:.1f} s", end="\n", file=sys.stderr, flush=True)

    @property
    def _end(self) -> str:
        return "\r" if self._tty else "\n"

    def _line(self, count: int) -> str:
        start = "\033[K" if self._tty else ""
        what = f" ({self._what})" if self._what else ""
        return f"{start}judged {count} of {self._tests} tests of {self._texts} different answers{what}"
