"""The board on a terminal of 80 columns and 24 lines or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dojo.core.columns import columns, fit, pad, wrap
from dojo.core.screen import Screen
from dojo.report.progress import ELSEWHERE, MARK_COLOURS, SIGNS
from dojo.team.board_view import Row, Square, View

KEYS = "s swap  b break  c compare  e end"
NOW = "now, no progress for"  # as wide as what stands below it
SCORE = 5  # columns of a score, as in 11/11
GAP = "  "
STUCK_AT_MOST = 4  # lines
WORDS = {
    "swap": ("SWAP", "The next driver takes the keyboard. s: everybody has swapped."),
    "over": ("TIME", "The time is over. s: this is seen. e: end the session."),
}


@dataclass(frozen=True)
class Frame:
    """What the terminal's board has beside the view."""

    page: str  # where it can be seen, in words
    join: str  # what a team says to join
    notice: str = ""  # above the keys
    first: int = 0  # the team with which the list begins


def clock(seconds: float) -> str:
    """Minutes and seconds, as in 47:12."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def lines(view: View, frame: Frame, screen: Screen, height: int) -> list[str]:
    """The whole screen."""
    if view.alarm:
        return _alarm(view, frame, screen, height)
    foot = _foot(view, frame, screen)
    head = [_title(view, screen), ""]
    room = max(1, height - len(head) - len(foot) - 1)
    return [*head, *_table(view, frame, screen, room), *foot][:height]


def rows_shown(view: View, frame: Frame, screen: Screen, height: int) -> int:
    """How many teams fit: by so many the list scrolls."""
    return max(1, height - 4 - len(_foot(view, frame, screen)))


def _title(view: View, screen: Screen) -> str:
    turn = f"turn {clock(view.turn)}, then SWAP"
    if view.resting is not None:
        turn = f"BREAK for {clock(view.resting)}: s goes on"
    elif view.left <= 0:
        turn = "the time is over: e ends"
    parts = ["socket dojo", f"{clock(view.left)} left", turn]
    if view.rests:
        parts.append("break after this turn")
    return screen.paint(screen.cut(screen.spell(GAP.join([*parts[:1], "", *parts[1:]]))), "bold")


def _table(view: View, frame: Frame, screen: Screen, room: int) -> list[str]:
    team = max(4, *(columns(row.team) for row in view.rows)) + 2
    now = len(NOW)
    each = (screen.width - team - now) // max(1, len(view.katas))
    if each < 2:  # what does not fit in any way: their hands are more than their past
        each = 0
    shown = view.katas if each else ()
    names = "".join(_cut_pad(f"{id_} {name}" if each > SCORE + 4 else id_, each, screen) for id_, name in shown)
    top = pad("", team) + names + NOW
    table = [screen.paint(screen.cut(top), "dim")]
    first = max(0, min(frame.first, len(view.rows) - 1))
    several = len(view.rows) > room - 1
    fitting = view.rows[first : first + room - 1 - several] if several else view.rows
    for row in fitting:
        cells = "".join(_square(square, each, screen) for square in row.squares) if each else ""
        table.append(pad(screen.spell(row.team), team) + cells + _hand(row, screen))
    if several:
        last = first + len(fitting)
        words = f"teams {first + 1} to {last} of {len(view.rows)}: space on, backspace back"
        table.append(screen.paint(screen.cut(words), "yellow"))
    return table


def _cut_pad(text: str, width: int, screen: Screen) -> str:
    return pad(fit(screen.spell(text), width - 1, screen.spell("…")), width)


def _square(square: Square, width: int, screen: Screen) -> str:
    """A kata of a team: its sign, the score, a light a run; what does not fit is left out from the right."""
    text = square.sign
    if width >= SCORE + 3:
        text += f"{square.score:>{SCORE + 1}}"
        room = width - columns(text) - 2
        text += f" {square.lights[-room:]}" if room > 0 else ""
    return screen.paint(pad(screen.spell(text), width), MARK_COLOURS[square.mark])


def _hand(row: Row, screen: Screen) -> str:
    """The kata that a team has in hand, for how long without progress, and whether it asks for help."""
    if not row.now:
        return screen.paint("! help", "yellow") if row.asks else ""
    since = f"{int(row.idle // 60)} min" if row.idle is not None else ""
    hints = f"h{row.hints}" if row.hints else ""
    words = f"{row.now:<5}{since:>6} "
    if row.asks:
        return words + screen.paint("! help", "yellow")
    return words + (screen.paint("2 watches", "yellow") if row.mixed else hints)


def _foot(view: View, frame: Frame, screen: Screen) -> list[str]:
    """What the teams are stuck on, who drives, how to come in, and the keys."""
    drivers = [f"{row.team} {row.driver} → {row.next}" for row in view.rows if row.driver]
    found = [*_listed("stuck on  ", view.stuck, screen, STUCK_AT_MOST), *_listed("driver    ", drivers, screen, 3)]
    signs = GAP.join(f"{sign} {mark}" for mark, sign in SIGNS.items() if mark != ELSEWHERE)
    for line in (f"{signs}  ✗✓ its runs  h hints", f"page      {frame.page}", f"teams     {frame.join}"):
        found += [screen.paint(part, "dim") for part in wrap(screen.spell(line), screen.width)]
    notice = wrap(screen.spell(frame.notice), screen.width) if frame.notice else []
    return ["", *found, *(screen.paint(line, "yellow") for line in notice), screen.paint(KEYS, "blue")]


def _listed(name: str, parts: Sequence[str], screen: Screen, most: int) -> list[str]:
    """Parts beside each other, in as few lines as they need; what is too much is counted."""
    found: list[str] = []
    for place, part in enumerate(parts):
        text = screen.spell(part)
        if found and columns(f"{found[-1]}   {text}") <= screen.width:
            found[-1] += f"   {text}"
        elif len(found) < most:
            found.append(fit(f"{' ' * len(name) if found else name}{text}", screen.width, screen.spell("…")))
        else:
            found[-1] = fit(found[-1], screen.width - 10, screen.spell("…")) + f" +{len(parts) - place} more"
            break
    return found


def _alarm(view: View, frame: Frame, screen: Screen, height: int) -> list[str]:
    """The end of a turn, or of the time: it fills the screen."""
    word, what = WORDS[view.alarm]
    after = "Then there is a break." if view.rests and view.alarm == "swap" else ""
    pattern = screen.spell("█ ") if screen.unicode else "# "
    band = screen.paint((f"{word} {pattern}" * screen.width)[: screen.width], "bold")
    drivers = [f"{row.team}: {row.next}" for row in view.rows if row.driver] if view.alarm == "swap" else []
    middle = [screen.spell(line) for line in (what, after, frame.notice) if line]
    middle = ["", *(part for line in middle for part in wrap(line, screen.width - 4)), ""]
    middle += [*_listed("", drivers, screen, max(1, height - len(middle) - 4)), ""] if drivers else []
    middle = [" " * max(0, (screen.width - columns(line)) // 2) + line for line in middle]
    above = max(1, (height - len(middle)) // 2)
    return [*[band] * above, *middle, *[band] * max(1, height - above - len(middle))][:height]
