"""What each key of `make watch` does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dojo.core.places import BadInput, choose
from dojo.learner import diff, hint, kept_work
from dojo.report import progress
from dojo.watch import screens
from dojo.watch.keyboard import ESCAPE, INTERRUPT, SUSPEND

if TYPE_CHECKING:
    from dojo.watch.loop import Watch


class Keys:
    """The state of what is typed: a key alone, an answer to a question, the number of a kata."""

    def __init__(self, watch: Watch) -> None:
        """Act on `watch`."""
        self.watch = watch
        self.notice = ""  # what the last line says instead of the keys
        self.typed: str | None = None  # a kata's number, while one is typed
        self._decide: Callable[[str], None] | None = None  # what the next key decides
        self._tape = -1
        self._actions: dict[str, Callable[[], None]] = {
            "q": watch.leave,
            "r": watch.judge,
            INTERRUPT: watch.interrupt,
            SUSPEND: watch.suspend,
            "n": self._next,
            "p": self._previous,
            "h": self._hint,
            "l": self._list,
            "t": self._show_tape,
            "d": self._diff,
            "x": self._reset,
        }

    def forget(self) -> None:
        """Another kata is on the screen: questions and notices were about the old one."""
        self.typed, self._decide, self.notice, self._tape = None, None, "", -1

    def renew(self) -> None:
        """A run has ended: its tapes are new. What is being typed stays."""
        self._tape = -1
        if self._decide is None:
            self.notice = ""

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        if key in (INTERRUPT, SUSPEND):
            self._actions[key]()
        elif self.typed is not None:
            self._type(key)
        elif self._decide is not None:
            decide, self._decide, self.notice = self._decide, None, ""
            decide(key)
            self.watch.draw()
        elif action := self._actions.get(key):
            self.notice = ""
            action()

    def say(self, words: str) -> None:
        """Show a notice in the last line."""
        self.notice = words
        self.watch.draw()

    def _ask(self, words: str, decide: Callable[[str], None]) -> None:
        self._decide = decide
        self.say(words)

    def _next(self) -> None:
        watch = self.watch
        upcoming = progress.next_kata(watch.katas, progress.marks(watch.side), watch.kata)
        if upcoming is None:
            self.say("every other kata is green" if len(watch.katas) > 1 else "there is no other kata on this side")
        else:
            watch.choose(upcoming)

    def _previous(self) -> None:
        watch = self.watch
        place = watch.katas.index(watch.kata)
        if place == 0:
            self.say(f"{watch.kata.id} is the first")
        else:
            watch.choose(watch.katas[place - 1])

    def _hint(self) -> None:
        item = self.watch.first_red()
        if item is None:
            self.say("there is no red test to give a hint for")
            return
        try:
            lines = hint.next_hint(item, self.watch.screen)
        except BadInput as error:
            self.say(str(error))
            return
        self.watch.show_below(lambda: ["", *lines])

    def _list(self) -> None:
        self.typed = ""
        self.watch.draw()

    def _type(self, key: str) -> None:
        """A key while a kata's number is typed."""
        watch, typed = self.watch, self.typed or ""
        if key in ("\r", "\n"):
            self.typed = None
            try:
                chosen = [kata for kata in choose(typed) if kata in watch.katas] if typed else []
            except BadInput as error:
                self.say(str(error))
                return
            if chosen:
                watch.choose(chosen[0])
                return
        elif key in ("\x7f", "\b"):
            self.typed = typed[:-1]
        elif key in (ESCAPE, "q"):
            self.typed = None
        elif key in "0123456789.":
            self.typed = typed + key
        watch.draw()

    def _show_tape(self) -> None:
        """The tape of the last test that ran, and at each further call the one before it."""
        verdicts = self.watch.verdicts
        self._tape = (len(verdicts) if self._tape < 0 else self._tape) - 1
        if self._tape < 0:
            self._tape = max(0, len(verdicts) - 1)
        self.watch.show_below(lambda: screens.tape(verdicts, self._tape, self.watch.screen))

    def _diff(self) -> None:
        if self.watch.green:
            self._show_diff("y")
        else:
            self._ask(f"{self.watch.kata.id} is not green yet, and this shows its answer: y shows it", self._show_diff)

    def _show_diff(self, key: str) -> None:
        watch = self.watch
        if key != "y":
            return
        try:
            lines = diff.difference(watch.kata, watch.side, watch.screen)
        except BadInput as error:
            lines = [str(error)]
        watch.show_below(lambda: ["", *lines])

    def _reset(self) -> None:
        self._ask(
            f"put the stub of {self.watch.kata.id} back? Your code is kept in .dojo/kept: y does it", self._do_reset
        )

    def _do_reset(self, key: str) -> None:
        watch = self.watch
        if key != "y":
            return
        try:
            said = kept_work.reset(watch.kata, watch.side)
        except (BadInput, OSError) as error:
            said = str(error)
        watch.show_below(lambda: ["", f"  {said}", f"  make undo K={watch.kata.id} brings yours back"])
