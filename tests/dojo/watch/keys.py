"""What each key of `make watch` does."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from dojo.core.places import BadInput, Kata, choose
from dojo.core.screen import Screen
from dojo.learner import diff, hint, kept_work
from dojo.report import lesson, progress
from dojo.watch import screens
from dojo.watch.display import View
from dojo.watch.fitting import Page, fold
from dojo.watch.keyboard import ESCAPE, INTERRUPT, REDRAW, SUSPEND
from dojo.watch.telling_board import HELP_KEY
from dojo.watch.watching import Watching

IN_LIST = "type a number as in 2.1, then Enter; Esc leaves the list"


class Keys:
    """The state of what is typed: a key alone, an answer to a question, the number of a kata."""

    def __init__(self, watch: Watching) -> None:
        """Act on `watch`."""
        self.watch = watch
        self._notice = ""  # what the line above the keys says
        self._passes = False  # whether that is true only until the tests end
        self._typed: str | None = None  # a kata's number, while one is typed
        self._decide: Callable[[], None] | None = None  # what y does
        self._keys: tuple[str, ...] = screens.KEYS
        self._tape: int | None = None  # the test whose tape is shown
        self._actions: dict[str, Callable[[], None]] = {
            "q": watch.leave,
            "r": watch.judge,
            "n": lambda: self._turn(1),
            "p": lambda: self._turn(-1),
            "h": self._hint,
            "l": self._list,
            "t": self._show_tape,
            "d": self._diff,
            "x": self._ask_to_reset,
            "u": self._undo,
            "?": self._ask_for_help,
            ESCAPE: self._back,
        }

    @property
    def open(self) -> bool:
        """Whether a number or an answer is being typed."""
        return self._typed is not None or self._decide is not None

    def forget(self) -> None:
        """Another run is under way: notices and pages were about the last one. What is being typed stays."""
        if not self.open:
            self._notice, self._tape, self._keys = "", None, screens.KEYS

    def ended(self) -> None:
        """The run has ended, and what was said of it while it went on is no longer true."""
        if self._passes:
            self._notice, self._passes = "", False

    def footer(self, screen: Screen, height: int) -> list[str]:
        """The last lines: a notice, and what can be pressed."""
        notice = [screen.paint(line, "yellow") for line in textwrap.wrap(screen.spell(self._notice), screen.width)]
        if self._decide is not None:
            return notice
        if self._typed is not None:
            prompt = f"which kata, as in 2.1 (Enter goes there, Esc leaves): {self._typed}"
            return [*notice, *(screen.paint(line, "blue") for line in textwrap.wrap(prompt, screen.width))]
        there = lesson.has_reference(self.watch.kata)
        *keys, last = (key for key in self._keys if there or key != screens.DIFF)
        help_key = [HELP_KEY] if self.watch.board else []
        return [*notice, *screens.keys((*keys, *help_key, last), screen, height)]

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        watch = self.watch
        if key == INTERRUPT:
            watch.interrupt()
        elif key == SUSPEND:
            watch.suspend()
        elif key == REDRAW:
            watch.display.draw(anew=True)
        elif self._decide is not None:
            decide, self._decide, self._notice = self._decide, None, ""
            if key == "y":
                decide()
            watch.display.draw()
        elif watch.display.scroll(key):
            watch.display.draw()
        elif self._typed is not None:
            self._type(key)
        elif action := self._actions.get(key):
            self._notice = ""
            if watch.broken and action != watch.leave:
                self._say("nothing can be judged until that file is saved again; q quits")
            else:
                action()

    def _say(self, words: str, passes: bool = False) -> None:
        """Show a notice above the keys until the next key or save, or only until the tests end."""
        self._notice, self._passes = words, passes
        self.watch.display.draw()

    def _show(self, view: View | None, keys: Sequence[str] = screens.KEYS, below: Sequence[str] = ()) -> None:
        if keys != screens.TAPE_KEYS:
            self._tape = None
        self._keys = tuple(keys)
        self.watch.display.open(view, below=below)

    def _back(self) -> None:
        self._show(None)

    def _ask(self, words: str, decide: Callable[[], None]) -> None:
        self._decide = decide
        self._say(f"{words}: y does it, any other key leaves it")

    def _turn(self, step: int) -> None:
        watch = self.watch
        place = watch.katas.index(watch.kata) + step
        if len(watch.katas) == 1:
            self._say("this watch has no other kata")
        elif not 0 <= place < len(watch.katas):
            self._say(f"{watch.kata.id} is the {'last' if step > 0 else 'first'}")
        else:
            watch.choose(watch.katas[place])

    def _hint(self) -> None:
        item = self.watch.first_red()
        if item is None:
            if self.watch.run.verdicts:
                self._say("there is no red test to give a hint for")
            else:
                self._say("there is no hint before the tests end", passes=True)
            return
        try:
            lines = hint.next_hint(
                item, self.watch.run.verdicts[self.watch.run.red or 0], screens.prose(self.watch.display.screen)
            )
        except BadInput as error:
            self._say(str(error))
            return
        self._show(None, below=["", *lines])

    def _ask_for_help(self) -> None:
        board = self.watch.board
        if board is None:
            self._say("there is no board to ask on: BOARD= names one")
        else:
            board.ask(self.watch.kata)
            self.watch.display.remark("board", board.remark)

    # the list

    def _list(self) -> None:
        watch = self.watch
        self._typed, self._tape, self._keys = "", None, screens.KEYS

        def view(screen: Screen, height: int) -> Page:
            return screens.listing(watch.katas, progress.marks(watch.side), watch.kata, screen)

        lines = view(watch.display.screen, 0).body
        here = next((number for number, line in enumerate(lines) if f">{watch.kata.id} " in line), 0)
        watch.display.open(view, line=max(0, here - 2))

    def _type(self, key: str) -> None:
        """A key while a kata's number is typed."""
        typed, self._notice = self._typed or "", ""
        if key in ("\r", "\n"):
            self._go(typed)
        elif key in (ESCAPE, "q", "l"):
            self._typed = None
            self._back()
        elif key in ("\x7f", "\b"):
            self._typed = typed[:-1]
            self.watch.display.draw()
        elif key in "0123456789.":
            self._typed = typed + key
            self.watch.display.draw()
        else:
            self._say(IN_LIST)

    def _go(self, typed: str) -> None:
        watch, self._typed = self.watch, None
        try:
            chosen = choose(typed) if typed else []
            if chosen and not any(kata in watch.katas for kata in chosen):
                raise BadInput(f"{typed} is not among the katas of this watch")
        except BadInput as error:
            self._notice, self._passes = f"{error}; l lists them", False
            self._back()
            return
        if chosen:
            watch.choose(next(kata for kata in chosen if kata in watch.katas))
        else:
            self._back()

    # tapes and the difference

    def _show_tape(self) -> None:
        """The tape of the test that the result shows, all of it, and at each further call the next test's."""
        run = self.watch.run
        if not run.verdicts:
            self._say("there is no tape before the tests end", passes=True)
            return
        shown = screens.shown_tape(run, self.watch.display.screen) if self._tape is None else self._tape + 1
        number = self._tape = shown % len(run.verdicts)
        self._show(lambda screen, height: screens.tape_page(run, number, screen), screens.TAPE_KEYS)

    def _diff(self) -> None:
        run = self.watch.run
        if run.green or not lesson.has_reference(run.kata):  # which is said, then
            self._show_diff()
        else:
            self._ask(f"{run.kata.id} is not green yet, and this shows its answer", self._show_diff)

    def _show_diff(self) -> None:
        watch = self.watch
        try:
            lines = diff.difference(watch.kata, watch.side, screens.prose(watch.display.screen))
        except BadInput as error:
            self._say(str(error))
            return
        top = screens.head(watch.run, watch.display.screen)[:-1]
        self._show(lambda screen, height: Page([*top, ""], fold(lines, screen.width)), screens.DIFF_KEYS)

    # the stub, and the learner's code again

    def _ask_to_reset(self) -> None:
        self._ask(f"put the stub of {self.watch.kata.id} back? Your code is kept", self._reset)

    def _reset(self) -> None:
        self._change(kept_work.reset, "; u brings yours back")

    def _undo(self) -> None:
        self._change(kept_work.undo, "")

    def _change(self, change: Callable[[Kata, str], str], kept: str) -> None:
        """Put another file in the place of the learner's, judge it, and say what was done, and `kept` if a copy was."""
        watch = self.watch
        try:
            said = change(watch.kata, watch.side)
            said += kept if "is in" in said else ""
        except (BadInput, OSError) as error:
            self._say(str(error))
            return
        watch.judge()
        self._say(said)
