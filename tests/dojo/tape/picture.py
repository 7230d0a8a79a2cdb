"""What a tape looks like: its lanes, a thread of your code, the kernel or a peer each, and a step for each row."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dojo.tape.folding import DURATION, Row
from dojo.tape.interception import READ

# The kinds of steps, and what is said of each.
ASKS, WAITS, WAKES, COPIES, REFUSED, FAILS, ACTS, TAKES, GAP, ENDS = (
    "asks", "waits", "wakes", "copies", "refused", "fails", "acts", "takes", "gap", "ends",
)  # fmt: skip
WORDS = {
    ASKS: "answered at once",
    WAITS: "waiting: the thread sleeps until there is something",
    WAKES: "the wait is over",
    COPIES: "copying",
    REFUSED: "not now: the call would have to wait",
    FAILS: "an error",
    ACTS: "a peer's step",
    TAKES: "a peer's step",
    GAP: "calls that the tape has only counted",
    ENDS: "the end of the tape",
}
LATER = ("EAGAIN", "EINPROGRESS")
NEVER = -1
MOST_LANES = 16  # of threads, and of peers; the rest share one more
CHANGING = re.compile(r"\d{4,}")  # ports and the like, which are others in each run


@dataclass
class Step:
    """One row: what somebody did, and what the kernel made of it."""

    at: float  # milliseconds
    lane: str  # the name of whoever did it
    kind: str
    text: str
    kernel: str = ""
    line: int = 0  # of the kata's file; 0 is none
    since: int = NEVER  # the step in which a call began that ends here
    until: int = NEVER  # of a wait: the step in which it ends
    times: int = 1

    @property
    def same(self) -> tuple[str, str, str]:
        """What makes a step of another tape the same."""
        return self.kind, CHANGING.sub("#", self.text), CHANGING.sub("#", DURATION.sub("waited", self.kernel))


@dataclass
class Picture:
    """The lanes from left to right, the kernel's between threads and peers, and the steps from top to bottom."""

    threads: list[str]
    peers: list[str]
    steps: list[Step]


def picture(rows: Sequence[Row], stopped_at: float = 0.0, who: str = "your code") -> Picture:
    """The picture of a tape; a row without a time stands for its end, at `stopped_at` ms.

    `who` acts in the first lane; where several threads do, each has a lane.
    """
    known = list(dict.fromkeys(row.call.thread for row in rows if row.call and not row.peers))
    threads = [f"thread {number}" for number in range(1, len(known) + 1)] if len(known) > 1 else [who]
    threads[MOST_LANES:] = ["other threads"] * bool(threads[MOST_LANES:])
    others = list(dict.fromkeys(row.call.target or "peer" for row in rows if row.call and row.peers))
    peers = {name: name if place < MOST_LANES else "other peers" for place, name in enumerate(others)}
    steps: list[Step] = []
    began: dict[int, int] = {}  # the steps of calls that wait, by their numbers
    for row in rows:
        if row.missing:
            steps.append(Step(row.at, threads[0], GAP, f"({row.missing:,} more calls, only counted)"))
        lane = threads[min(MOST_LANES, known.index(row.call.thread)) if row.call and not row.peers else 0]
        step = Step(row.at, lane, _kind(row), row.you, row.kernel, row.line, times=row.times)
        if row.call and row.peers:
            step.lane, step.text = peers[row.call.target or "peer"], row.peers
        elif row.call and row.wakes:
            step.since = began[row.call.number]
            steps[step.since].until = len(steps)
        elif row.call:
            began[row.call.number] = len(steps)
        else:
            step.at = stopped_at if row.at < 0 else row.at
        steps.append(step)
    return Picture(threads, list(dict.fromkeys(peers.values())), steps)


def _kind(row: Row) -> str:
    call = row.call
    if call is None:
        return ENDS
    if row.peers:
        return TAKES if call.name in READ else ACTS
    if row.kernel == "waiting …":
        return WAITS
    if call.error:
        return REFUSED if call.error in LATER else FAILS
    return COPIES if call.copied > 0 else WAKES if row.wakes else ASKS


def beside(left: Sequence[Step], right: Sequence[Step]) -> tuple[list[int], list[int]]:
    """In which row each step of two tapes stands: beside each other what is the same in both, where that is much."""
    places: tuple[list[int], list[int]] = [], []
    row = 0
    matcher = difflib.SequenceMatcher(None, [step.same for step in left], [step.same for step in right])
    found = matcher.get_opcodes()
    if 2 * sum(b - a for tag, a, b, _, _ in found if tag == "equal") < min(len(left), len(right)):
        found = [("replace", 0, len(left), 0, len(right))]
    for _, a, b, c, d in found:
        places[0].extend(range(row, row + b - a))
        places[1].extend(range(row, row + d - c))
        row += max(b - a, d - c)
    return places
