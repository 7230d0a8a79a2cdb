"""Restore a terminal whose program was killed: kill -9 leaves nobody else who could.

A script of its own in a session of its own, so that what ends the program does not
end it too. It waits at a pipe. A byte says that the terminal is in order; the end
without one says that the program has ended without a chance to put it in order.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import termios
from typing import Any


class Guardian:
    """The process that waits, as its program knows it."""

    def __init__(self, terminal: int, before: list[Any], leave: str) -> None:
        """Start it; `before` are the settings to restore (termios(3)), `leave` is written after that."""
        mode = [*before[:6], [value if isinstance(value, int) else value[0] for value in before[6]]]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, json.dumps(mode), leave],
            stdin=subprocess.PIPE,
            stdout=terminal,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        self.fd = self._process.stdin.fileno()  # whoever has it counts as the program

    def dismiss(self) -> None:
        """End it: there is nothing to restore."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it was killed before
            os.write(self.fd, b".")
        self._process.stdin.close()
        self._process.wait()


def _wait() -> None:
    if not os.read(0, 1):
        termios.tcsetattr(1, termios.TCSANOW, json.loads(sys.argv[1]))
        os.write(1, sys.argv[2].encode())


if __name__ == "__main__":
    _wait()
