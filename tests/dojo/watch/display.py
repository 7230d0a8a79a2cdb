"""What of `make watch` is on the screen: the result or a page in its place, what stands below, and the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dojo.core.screen import Screen
from dojo.watch.fitting import Page, Pager, fold
from dojo.watch.terminal import Terminal

View = Callable[[Screen, int], Page]  # a page for a screen of so many lines


class Display:
    """Draws pages on a terminal, each for the size that it has at that moment."""

    def __init__(self, terminal: Terminal, footer: Callable[[Screen, int], list[str]]) -> None:
        """Nothing is drawn yet; `footer` gives the last lines for a screen of so many."""
        self._terminal, self._footer = terminal, footer
        self._pager = Pager()
        self._result: View = lambda screen, height: Page([], [])
        self._over: View | None = None  # a page in the place of the result
        self._below: list[str] = []  # a hint
        self._remarks: dict[str, str] = {}  # in the line above the keys, as long as they are true

    @property
    def screen(self) -> Screen:
        """What can be shown. Raises Gone, as all that draws does."""
        return self._terminal.size()[0]

    def result(self, view: View, anew: bool = False) -> None:
        """Show this where no other page is open, and behind that page."""
        self._result = view
        self.draw(anew)

    def say(self, words: str) -> None:
        """Show a result of one line."""
        self.result(lambda screen, height: Page([], fold([f"  {screen.spell(words)}"], screen.width)))

    def explain(self, title: str, lines: list[str]) -> None:
        """Show a result that is text of some length."""
        self.result(lambda screen, height: Page([title], fold([screen.spell(line) for line in lines], screen.width)))

    def open(self, view: View | None, line: int = 0, below: Sequence[str] = ()) -> None:
        """Show a page from a line on, or the result if it is None; with more lines `below`."""
        self._over, self._below, self._pager.offset = view, [*below], line
        self.draw()

    def remark(self, about: str, words: str, draw: bool = True) -> None:
        """Have this in the line above the keys, in the place of what was said before about the same.

        Without `draw` it comes with the next drawing.
        """
        self._remarks[about] = words
        if draw:
            self.draw()

    def forget(self, page: bool) -> None:
        """With the next drawing no hint is shown any more, and the `page` that is open only if it stays."""
        self._below = []
        if page:
            self._over, self._pager.offset = None, 0

    def scroll(self, key: str) -> bool:
        """Scroll, if that is what the key asks for; whether it is."""
        return self._pager.move(key)

    def draw(self, anew: bool = False) -> None:
        """Show what has changed, or everything `anew`."""
        screen, height = self._terminal.size()
        footer = self._footer(screen, height)
        remarks = screen.spell("; ".join(filter(None, self._remarks.values())))
        remark = [f"  {remarks}"] if remarks else []
        below = fold([*self._below, *remark], screen.width)
        room = max(0, height - len(footer))
        page = (self._over or self._result)(screen, room - len(below))
        lines = self._pager.lay(Page(page.top, page.body, [*page.below, *below]), room, screen)
        if len(lines) < room:
            lines.append("")
        self._terminal.show([*lines, *footer][:height], anew)
