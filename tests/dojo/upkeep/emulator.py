"""What a terminal shows of what is written to it: as much of xterm's control sequences as watching and shells use."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\033\[(?P<mark>\??)(?P<numbers>[0-9;]*)(?P<final>[@-~])|\033[^\[]|[\r\n\b]|[^\033\r\n\b]+")
UNFINISHED = re.compile(r"\033(\[[?0-9;]*)?$")  # a sequence whose rest is still to come


class Emulator:
    """The lines of a terminal, and what has scrolled off its top."""

    def __init__(self, size: tuple[int, int]) -> None:
        """An empty screen of `size` columns and lines."""
        self.columns, lines = size
        self.rows = [""] * lines
        self.history: list[str] = []  # of the normal screen; the alternate one has none
        self.alternate = False
        self.drawing = False  # inside synchronised output
        self.drawn = 0  # screens that were drawn in synchronised output
        self._row = self._column = 0
        self._wraps = True
        self._normal: tuple[list[str], int, int] = ([], 0, 0)
        self._rest = ""

    def write(self, text: str) -> None:
        """Show what is written; a sequence may come in two parts."""
        text = self._rest + text
        unfinished = UNFINISHED.search(text)
        self._rest = unfinished[0] if unfinished else ""
        for token in TOKEN.finditer(text[: len(text) - len(self._rest)]):
            if token["final"]:
                self._control(token["mark"] + token["final"], token["numbers"])
            elif token[0] == "\n":
                self._line_feed()
            elif token[0] == "\r":
                self._column = 0
            elif token[0] == "\b":
                self._column = max(0, self._column - 1)
            elif not token[0].startswith("\033"):
                self._put("".join(sign for sign in token[0] if sign.isprintable()))

    def resize(self, size: tuple[int, int]) -> None:
        """Another size: lines are lost or come at the bottom; the program is expected to draw anew."""
        self.columns, lines = size
        self.rows = [row[: self.columns] for row in (self.rows + [""] * lines)[:lines]]
        self._row = min(self._row, lines - 1)

    def __str__(self) -> str:
        """The lines down to the last that is written on or holds the cursor."""
        last = max([self._row, *(number for number, row in enumerate(self.rows) if row)])
        return "\n".join(self.rows[: last + 1])

    def _put(self, text: str) -> None:
        while text:
            if self._column >= self.columns:
                if self._wraps:
                    self._line_feed()
                    self._column = 0
                else:  # what does not fit is written over the last column
                    self._column, text = self.columns - 1, text[-1]
            part, text = text[: self.columns - self._column], text[self.columns - self._column :]
            row = self.rows[self._row].ljust(self._column)
            self.rows[self._row] = row[: self._column] + part + row[self._column + len(part) :]
            self._column += len(part)

    def _line_feed(self) -> None:
        if self._row < len(self.rows) - 1:
            self._row += 1
            return
        top = self.rows.pop(0)
        self.rows.append("")
        if not self.alternate:
            self.history.append(top)

    def _control(self, name: str, numbers: str) -> None:
        number = int(numbers.partition(";")[0] or 0)
        if name == "H":
            row, _, column = numbers.partition(";")
            self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
        elif name == "K" and not number:
            self.rows[self._row] = self.rows[self._row][: self._column]
        elif name == "J" and number == 3:
            self.history.clear()
        elif name == "J":
            first = 0 if number == 2 else self._row
            keep = "" if number == 2 else self.rows[self._row][: self._column]
            self.rows[first:] = [keep, *[""] * (len(self.rows) - first - 1)]
        elif name in ("?h", "?l"):
            self._mode(number, name == "?h")

    def _mode(self, number: int, on: bool) -> None:
        if number == 7:
            self._wraps = on
        elif number == 2026:
            self.drawing, self.drawn = on, self.drawn + (not on)
        elif number == 1049 and on != self.alternate:
            self.alternate = on
            if on:
                self._normal = (self.rows, self._row, self._column)
                self.rows = [""] * len(self.rows)
            else:
                rows, self._row, self._column = self._normal
                self.rows = (rows + [""] * len(self.rows))[: len(self.rows)]
