"""The terminal of `make watch`: single keys, and whole again afterwards."""

from __future__ import annotations

import os
import signal
import termios
from typing import Any

INTERRUPT, SUSPEND, ESCAPE = "\x03", "\x1a", "\x1b"


class Keyboard:
    """A terminal that gives keys as they are pressed, Ctrl-C and Ctrl-Z among them, and echoes none."""

    def __init__(self, fd: int) -> None:
        """Remember how the terminal is; `fd` is one."""
        self.fd = fd
        self._before: list[Any] = termios.tcgetattr(fd)

    def enter(self) -> bool:
        """Take the keys, whatever a program has made of the terminal meanwhile; whether it has made anything of it."""
        found = termios.tcgetattr(self.fd)
        mode = [*found]
        mode[:4] = self._before[:4]
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG)
        # ICANON gives VMIN and VTIME their meaning: one key is enough, and nothing is waited for.
        mode[6] = [*self._before[6]]
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self.fd, termios.TCSADRAIN, mode)
        return found != mode

    def leave(self) -> None:
        """Give the terminal back as it was."""
        termios.tcsetattr(self.fd, termios.TCSADRAIN, self._before)

    def pressed(self) -> list[str]:
        """What was pressed; a cursor key is one. Raises EOFError when the terminal is gone."""
        try:
            text = os.read(self.fd, 1024).decode("utf-8", "replace")
        except OSError:
            text = ""
        if not text:
            raise EOFError
        return [text] if text.startswith(ESCAPE) and len(text) > 1 else list(text)

    def suspend(self) -> None:
        """Stop, as Ctrl-Z does, with everything that runs with us, until the shell says fg."""
        self.leave()
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)
        self.enter()
