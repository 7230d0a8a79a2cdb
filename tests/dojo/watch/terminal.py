"""The terminal while `make watch` has it: its keys, its alternate screen, and all of it whole again afterwards."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import sys
from types import TracebackType

from dojo.core.screen import Screen
from dojo.watch.guardian import Guardian
from dojo.watch.keyboard import Gone, Keyboard

# What xterm's control sequences say. A terminal that does not know the mode 2026, synchronised output, ignores it.
ENTER, LEAVE = "\033[?1049h\033[H\033[2J", "\033[?7h\033[?1049l"
BEGIN, END = "\033[?2026h\033[?7l\033[m\033[H", "\033[?7h\033[?2026l"  # of one screen; in it no line wraps
NARROWEST, WIDEST = 30, 160  # columns that are laid out


class Terminal:
    """A context: inside it the terminal is ours."""

    def __init__(self) -> None:
        """Nothing is changed yet; standard input and output are a terminal."""
        self._keyboard = Keyboard(0)
        self.private: list[int] = []  # descriptors that what is forked shall not have
        self._shown: list[str] = []

    def __enter__(self) -> Terminal:
        self._keyboard.enter()
        self._guardian = Guardian(1, self._keyboard.before, LEAVE)
        self.private = [self._guardian.fd]
        self._write(ENTER)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Give the terminal back, once; if it is gone, or the shell has it already, that is in order too."""
        if self.private:
            with contextlib.suppress(Gone):
                self._give_back()
            self._guardian.dismiss()
            self.private = []

    def size(self) -> tuple[Screen, int]:
        """What can be shown: a screen of so many columns, and so many lines."""
        try:
            columns, lines = os.get_terminal_size(1)
        except OSError:
            raise Gone from None
        width = max(NARROWEST, min(columns or 80, WIDEST))
        return dataclasses.replace(Screen.of(sys.stdout), width=width), lines or 24

    def show(self, lines: list[str], anew: bool = False) -> None:
        """Make these lines all that is on the screen, in one write; if they are there already, only `anew`."""
        if lines == self._shown and not anew:
            return
        self._shown = lines
        *others, last = lines
        above = "".join(f"\033[K{line}\r\n" for line in others)
        self._write(f"{BEGIN}{above}\033[J{last}{END}")

    def pressed(self) -> list[str]:
        """What was pressed. Raises Gone."""
        return self._keyboard.pressed()

    def retake(self) -> bool:
        """Take the keys again after code that may have changed the terminal; whether it has."""
        return self._keyboard.enter()

    def suspend(self) -> None:
        """Stop, as Ctrl-Z does, with everything that runs with us, until the shell says fg."""
        self._give_back()
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)
        self._keyboard.enter()
        self._write(ENTER)
        self._shown = []

    def _give_back(self) -> None:
        self._write(LEAVE)
        self._keyboard.leave()

    def _write(self, text: str) -> None:
        data = text.encode(sys.stdout.encoding or "utf-8", "replace")
        while data:
            try:
                data = data[os.write(1, data) :]
            except BlockingIOError:  # code under test has changed the mode, which all who have it open share
                os.set_blocking(1, True)
            except OSError:
                raise Gone from None
