"""A real pseudo-terminal with a program in it, for whoever drives `make watch`: its proof, its bench, its record."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dojo.upkeep.emulator import Emulator

SCREEN_SECONDS = 60.0  # seconds after which a screen that does not come is an error


class Terminal:
    """A program on a terminal of its own: keys go in, screens come out."""

    def __init__(self, command: list[str], where: Path, environment: dict[str, str], size: tuple[int, int]) -> None:
        """Start `command` in the directory `where`, on a terminal of `size` columns and lines."""
        own = {key: value for key, value in environment.items() if key not in ("COLUMNS", "LINES")}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                _resize(0, size)  # here, so that the program never sees another
                os.chdir(where)
                os.execvpe(command[0], command, own)
            finally:
                os._exit(127)
        self.text = ""  # all that was written
        self.shown = Emulator(size)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.status: int | None = None

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window another size; the program is told by a signal."""
        self.shown.resize(size)
        _resize(self.fd, size)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self.fd, keys.encode())

    def read(self, seconds: float) -> bool:
        """Take what has been printed, after waiting for it at most so long; False if nothing came."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            text = self._decoder.decode(os.read(self.fd, 1 << 16))
        except OSError:  # nobody has the other end any more
            return False
        self.text += text
        self.shown.write(text)
        return True

    @property
    def screen(self) -> str:
        """What is shown now."""
        return str(self.shown)

    @property
    def whole(self) -> bool:
        """Whether what is shown has come to its end: a screen may arrive in pieces."""
        return not self.shown.drawing

    def until(self, shown: str | Callable[[str], bool], seconds: float = SCREEN_SECONDS) -> str:
        """Wait until words are on the screen, or something is true of it, once it is whole; the screen.

        Raises TimeoutError.
        """
        asked: Callable[[str], bool] = shown if callable(shown) else lambda screen: str(shown) in screen
        end = time.monotonic() + seconds
        while not (self.whole and asked(self.screen)):
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{shown!r} is not on the screen:\n{self.screen}")
            self.read(left)
        return self.screen

    def mode(self) -> list[Any]:
        """How the terminal is set: termios(3)."""
        return termios.tcgetattr(self.fd)

    def wait(self) -> int:
        """The exit status, once the program has ended and printed everything."""
        while self.read(SCREEN_SECONDS):
            pass
        _, status = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def close(self) -> None:
        """End it, if it has not ended."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)


def _resize(fd: int, size: tuple[int, int]) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
