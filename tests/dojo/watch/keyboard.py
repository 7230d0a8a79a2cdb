"""The keys of `make watch`: each as it is pressed, none of them echoed."""

from __future__ import annotations

import os
import re
import termios
from typing import Any

INTERRUPT, SUSPEND, REDRAW, ESCAPE = "\x03", "\x1a", "\x0c", "\x1b"
UP, DOWN, PAGE_UP, PAGE_DOWN = ("\x1b[A", "\x1bOA"), ("\x1b[B", "\x1bOB"), "\x1b[5~", "\x1b[6~"
KEY = re.compile(r"\x1b\[[0-9;]*[@-~]|\x1bO[@-~]|.", re.DOTALL)  # a key that is no character is a sequence


class Gone(Exception):
    """The terminal is there no more, or not ours: there is nobody to show anything to."""


class Keyboard:
    """A terminal that gives keys as they are pressed, Ctrl-C and Ctrl-Z among them, and echoes none."""

    def __init__(self, fd: int) -> None:
        """Remember how the terminal is; `fd` is one."""
        self.fd = fd
        self.before: list[Any] = termios.tcgetattr(fd)

    def enter(self) -> bool:
        """Take the keys, whatever a program has made of the terminal meanwhile; whether it has made anything of it.

        What is typed already stays to be read. Raises Gone.
        """
        try:
            found = termios.tcgetattr(self.fd)
            mode = [*found]
            mode[:4] = self.before[:4]
            mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG)
            # ICANON gives VMIN and VTIME their meaning: one key is enough, and nothing is waited for.
            mode[6] = [*self.before[6]]
            mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self.fd, termios.TCSADRAIN, mode)
        except termios.error:
            raise Gone from None
        return found != mode

    def leave(self) -> None:
        """Give the terminal back as it was. Raises Gone."""
        try:
            termios.tcsetattr(self.fd, termios.TCSADRAIN, self.before)
        except termios.error:
            raise Gone from None

    def pressed(self) -> list[str]:
        """What was pressed, key by key; waits for the first. Raises Gone."""
        try:
            text = os.read(self.fd, 1024).decode("utf-8", "replace")
        except OSError:
            text = ""
        if not text:
            raise Gone
        return KEY.findall(text)
