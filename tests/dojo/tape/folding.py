"""Of a long tape what matters: rounds that are all alike are folded, and rows are chosen round the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dojo.tape.call import Call

MOST_ROWS_OF_A_ROUND = 8
FEWEST_ROUNDS = 3  # of more than one row, before they are folded
DURATION = re.compile(r"waited [\d.,]+ (?:ms|virtual s)")
TIMEOUT = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])")
FAILED = re.compile(r"(?:suite: |waited [\d.,]+ (?:ms|virtual s), )?(?!EAGAIN|EINPROGRESS)(?:E[A-Z0-9]+|\w+Error)\b")
IDLE = re.compile(r"EAGAIN|(?:waited [\d.,]+ (?:ms|virtual s) )?→ (?:\[\](?:, )?)+")
SETTING_UP = re.compile(
    r"\.(?:socket|bind|listen|getsockname|getpeername|setblocking|settimeout|close)\(|^socket\(|: [A-Z_]+ = |, F_GET"
)


@dataclass
class Row:
    """One line of the picture; `at` is in milliseconds."""

    at: float
    you: str = ""
    kernel: str = ""
    peers: str = ""
    line: int = 0  # of the kata's file
    missing: int = 0  # calls before it that the tape has only counted
    times: int = 1
    call: Call | None = None
    wakes: bool = False  # the call has waited, and this is its end

    @property
    def cells(self) -> tuple[str, str, str]:
        """What makes two rows the same; for how long a call waits is not."""
        return TIMEOUT.sub("time", self.you), DURATION.sub("waited", self.kernel), self.peers


@dataclass
class Round:
    """Rows that came so many times on end."""

    rows: list[Row]
    times: int = 1
    missing: int = field(init=False)

    def __post_init__(self) -> None:
        """Know what was counted before it."""
        self.missing = self.rows[0].missing

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """What makes two rounds the same."""
        return [row.cells for row in self.rows]

    @property
    def height(self) -> int:
        """Lines that it takes."""
        return len(self.rows) + (len(self.rows) > 1 and self.times > 1)


def folded(rows: Sequence[Row]) -> list[Round]:
    """The rows as rounds: those that are repeated stand once, with their number."""
    cells = [row.cells for row in rows]
    found: list[Round] = []
    place = 0
    while place < len(rows):
        size, times = _repeated(rows, cells, place)
        made = Round(list(rows[place : place + size]), times)
        place += size * times
        before = found[-1] if found else None
        if before and made.missing and before.cells == made.cells:
            # Between the first calls and the last the tape keeps only their number.
            before.times += times + made.missing // size
        else:
            found.append(made)
    return found


def _repeated(rows: Sequence[Row], cells: list[tuple[str, str, str]], place: int) -> tuple[int, int]:
    """How many rows from this one on are repeated, and how often: as many as can be folded."""
    best = (1, 1)
    for size in range(1, MOST_ROWS_OF_A_ROUND + 1):
        times, end = 1, place + size
        while cells[end : end + size] == cells[place : place + size] and not any(
            row.missing for row in rows[end : end + size]
        ):
            times, end = times + 1, end + size
        if end > len(rows):
            break
        if times >= (2 if size == 1 else FEWEST_ROUNDS) and size * (times - 1) > best[0] * (best[1] - 1):
            best = size, times
    return best


class Story:
    """A tape as it is told: its rounds, and how much each of them tells."""

    def __init__(self, rows: Sequence[Row], about: Sequence[str] = (), line: int = 0) -> None:
        """What matters is what `about` names (the sockets of the assertion), what line `line` of the kata did,
        what failed, and what came last.
        """
        self.rounds = folded(rows)
        last = max(1, len(self.rounds) - 1)
        self._worth = [_worth(one, place / last, about, line) for place, one in enumerate(self.rounds)]

    def chosen(self, most: int) -> list[Round | int]:
        """Rounds in at most so many lines, and numbers: so many rows are left out there."""
        rounds, kept = self.rounds, set[int]()
        left = sorted(range(len(rounds)), key=lambda place: (-self._worth[place], -place))
        height = 1  # a note on all that is left out
        again = True
        while again and height < most:  # what did not fit may do so beside a row that was chosen later
            again = False
            for place in left:
                if height >= most:
                    break
                taller = rounds[place].height + _holes(place, kept, len(rounds)) + bool(rounds[place].missing)
                if place not in kept and height + taller <= most:
                    height, again = height + taller, True
                    kept.add(place)
        for place in range(len(rounds)):  # a note takes a line as well
            if place not in kept and rounds[place].height + _holes(place, kept, len(rounds)) <= 0:
                kept.add(place)
        return _with_gaps(rounds, kept)


def _holes(place: int, kept: set[int], number: int) -> int:
    """How many notes on what is left out there are more, once a round is shown."""
    return (place > 0 and place - 1 not in kept) + (place < number - 1 and place + 1 not in kept) - 1


def _worth(one: Round, place: float, about: Sequence[str], line: int) -> float:
    """How much a round tells; `place` is where it stands, from 0 to 1."""
    texts = [text for row in one.rows for text in (row.you, row.kernel, row.peers)]
    worth = 30 * place
    worth += 40 * any(names(text, name) for text in texts for name in about)
    mine = bool(line) and any(row.line == line for row in one.rows)
    failed = any(FAILED.match(row.kernel) for row in one.rows)
    worth += 40 * mine + 30 * failed
    worth += 20 * (place == 1) + 15 * (place > 0.8 and any(row.kernel == "waiting …" for row in one.rows))
    worth -= 20 * (place < 1 and all(IDLE.fullmatch(row.kernel) for row in one.rows))
    return worth - 40 * (not mine and not failed and all(SETTING_UP.search(row.you) for row in one.rows))


def names(text: str, name: str) -> bool:
    """Whether a text names a socket: "client 2" does not name "client"."""
    return name in text and re.search(rf"(?<![\w-]){re.escape(name)}(?! ?\d)(?!\w)", text) is not None


def _with_gaps(rounds: list[Round], kept: set[int]) -> list[Round | int]:
    found: list[Round | int] = []
    left_out = 0
    for place, one in enumerate(rounds):
        if place not in kept:
            left_out += len(one.rows) * one.times + one.missing
            continue
        left_out += one.missing
        if left_out:
            found.append(left_out)
        found.append(one)
        left_out = 0
    return [*found, left_out] if left_out else found
