"""The lines of a tape: three lanes, your code, the kernel and the peers, from top to bottom in time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dojo.core.columns import columns, fit, pad, shared
from dojo.core.screen import Screen
from dojo.tape.folding import Row, Story

ROWS = 12  # lines that a tape takes at most, where nothing else is said
FEWEST = 6  # and at least, as long as something else can give way
MARGIN = 11  # columns before the lanes: the time
BEHIND = 6  # behind the time, in a whole tape: the line
NARROW = 12  # columns that a lane has at least, where there is room
STEP = 24  # and that of the peers' where a step does not fit: of what is sent there is always something
WIDE = 60  # columns of all lanes; in fewer a peer's step begins before its lane, rather than be cut
# A call's beginning, what it is given, and its end; and what of that is never cut in two.
CALL = re.compile(r"""([^(]*\((?:b?["'])?)(.*?)(["']?\)(?: …)?)""")
SIGNS = re.compile(r"\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\.|.")
Widths = tuple[int, int, int]


def draw(story: Story, screen: Screen, stopped_at: float = 0.0, who: str = "your code", most: int = ROWS) -> list[str]:
    """A story as lines that fit the screen, below a line of titles; `who` acts in the first lane.

    If there are more than `most` rows, those are left out that tell least; a row without a
    time stands for the end, at `stopped_at` ms.
    """
    if not story.rounds:
        return []
    shown: list[Row | str] = []
    for one in story.chosen(most):
        if isinstance(one, int):
            shown.append(f"({one:,} row{'s' * (one != 1)} left out)")
            continue
        shown += one.rows
        if len(one.rows) > 1 and one.times > 1:
            shown.append(f"(these {len(one.rows)} rows × {one.times:,})")
        elif one.times > 1:
            one.rows[0].times = one.times
    titles = (who, "kernel", "peers")
    rows = [row for row in shown if isinstance(row, Row)]
    widths = _widths([titles, *map(_cells, rows)], screen.width - MARGIN)
    lines = [_line("ms", titles, widths)]
    steps = {row.peers for row in rows}
    for row in shown:
        if isinstance(row, str):
            lines.append(f"{'':{MARGIN}}{row}")
        else:
            you, kernel, peers = _cells(row)
            peers = _cut(peers, _room(row, widths), steps)
            lines.append(_line(f"{stopped_at if row.at < 0 else row.at:.1f}", (you, kernel, peers), widths, row.times))
    return lines


def _room(row: Row, widths: Widths) -> int:
    """The columns for what a peer did: its lane, and in a narrow tape, where nothing stands beside it, all of them."""
    if row.you or row.kernel:
        return max(1, widths[2])
    whole = sum(widths) + 2
    return (widths[2] if whole >= WIDE else whole) - len(_suffix(row.times))


def _cut(text: str, room: int, others: Iterable[str]) -> str:
    """A peer's step in so many columns: its call keeps its name and its end, and shows what tells it from `others`."""
    if columns(text) <= room:
        return text
    parts = CALL.fullmatch(text)
    left = room - columns(parts[1] + parts[3]) if parts else 0
    if parts is None or left < 4:
        return fit(text, room)
    alike = (CALL.fullmatch(one) for one in others if one != text)
    differs = max((shared(parts[2], one[2]) for one in alike if one and one[1] == parts[1]), default=0)
    signs = SIGNS.findall(parts[2])
    begin = 0
    # As much before the difference as leaves room for it and for a little behind it.
    while differs and columns("".join(signs[begin:])[: differs + 1]) + (begin > 0) + 2 > left:
        differs = max(0, differs - len(signs[begin]))
        begin += 1
    shown = "…" if begin else ""
    for place, sign in enumerate(signs[begin:], start=begin):
        more = 1 if place + 1 < len(signs) else 0
        if columns(shown + sign) + more > left:
            return f"{parts[1]}{shown}…{parts[3]}"
        shown += sign
    return f"{parts[1]}{shown}{parts[3]}"


def whole(
    rows: Sequence[Row], screen: Screen, stopped_at: float = 0.0, who: str = "your code", times: bool = True
) -> list[str]:
    """Every row as a line, and none of them cut: a line may be longer than the screen is wide.

    Behind the time (none without `times`) stands the line of the kata; where several threads act, each call says which.
    """
    threads = list(dict.fromkeys(row.call.thread for row in rows if row.call and not row.peers))
    titles = (who, "kernel", "peers")
    cells = [titles]
    for row in rows:
        several = len(threads) > 1 and row.call is not None and not row.peers
        thread = f"thread {threads.index(row.call.thread) + 1}: " if several and row.call else ""
        cells.append((f"{thread}{row.you}", row.kernel, row.peers))
    natural = [max(columns(one[lane]) for one in cells) for lane in range(3)]
    widths = _widths(cells, max(screen.width - MARGIN - BEHIND, sum(natural) + 2))
    lines = []
    for row, texts in zip([Row(0), *rows], cells, strict=True):
        if row.missing:
            lines.append(f"{'':{MARGIN + BEHIND}}({row.missing:,} more calls, only counted)")
        at, place = f"{stopped_at if row.at < 0 else row.at:.1f}", f"{row.line or ''}"
        if not lines:
            at, place = "ms", "line"
        line = _line(at, texts, widths, row.times)
        lines.append(f"{line[:MARGIN]}{place:<{BEHIND}}{line[MARGIN:]}".rstrip() if times else line[MARGIN:])
    return lines


def _cells(row: Row) -> tuple[str, str, str]:
    return row.you, row.kernel, row.peers


def _widths(rows: Sequence[tuple[str, str, str]], room: int) -> Widths:
    """The columns of each lane: shared out as usual where that is enough, and else by what stands in them."""
    peers = max(min(NARROW, room // 3 - 1), room * 31 // 100)
    kernel = max(min(16, room // 3), room * 28 // 100)
    room -= 2  # between the lanes
    usual = [room - peers - kernel, kernel, peers]
    # A cell may go on over empty ones behind it.
    need = [
        max((columns(row[lane]) for row in rows if row[lane] and any((*row[lane + 1 :], lane == 2))), default=0)
        for lane in range(3)
    ]
    need[2] = max((columns(row[2]) for row in rows[1:] if any(row[:2])), default=0)
    most = max(columns(row[1]) for row in rows), max((columns(row[2]) for row in rows[1:]), default=0)
    widths = usual
    if need[0] > usual[0] or most[0] > usual[1] + 1 + usual[2] or need[2] > usual[2]:
        least = min(NARROW, room // 3)
        wanted = min(most[1], max(peers, STEP)) if room + 2 >= WIDE else 0
        third = max(min(need[2], room // 3), wanted)
        widths = [max(need[0], least), max(need[1], min(most[0], NARROW), min(most[0], kernel) - third, least), third]
        while sum(widths) > room:
            widths[widths.index(max(widths))] -= 1
        for lane, wanted in ((1, most[0]), (2, most[1]), (0, room)):  # who gets what is left
            widths[lane] += max(0, min(wanted - widths[lane], room - sum(widths)))
    # Beside what peers do stands nothing, as a rule: that lane may take what the others can do without.
    both = max((columns(row[1]) for row in rows if row[2]), default=0)
    for lane, kept in ((1, max(both, min(most[0], NARROW))), (0, max(need[0], min(NARROW, room // 3)))):
        more = max(0, min(most[1] - widths[2], widths[lane] - kept))
        widths[lane] -= more
        widths[2] += more
    return widths[0], widths[1], widths[2]


def _suffix(times: int) -> str:
    return f" × {times:,}" if times > 1 else ""


def _line(at: str, cells: tuple[str, str, str], widths: Widths, times: int = 1) -> str:
    you, kernel, peers = cells
    a, b, c = widths
    suffix = _suffix(times)
    before = f"  {at:>7}  "
    whole = a + 1 + b + 1 + c
    if not you and not kernel:  # in the last lane, or as far to the left of it as it has to begin
        text = fit(peers, whole - len(suffix)) + suffix
        return (before + " " * min(a + 1 + b + 1, whole - columns(text)) + text).rstrip()
    if you:
        room = a if kernel else a + 1 + b if peers else whole
        you, suffix = fit(you, room - len(suffix)) + suffix, ""
    room = b if peers else b + 1 + c
    kernel = fit(kernel, room - len(suffix)) + suffix if kernel else ""
    peers = "" if at == "ms" and columns(peers) > c else fit(peers, max(1, c))
    return (before + pad(pad(you, a) + (f" {kernel}" if kernel or peers else ""), a + 1 + b) + f" {peers}").rstrip()
