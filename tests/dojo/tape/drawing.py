"""Draw a tape: three lanes, your code, the kernel and the peers, from top to bottom in time."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from dojo.core.screen import Screen
from dojo.tape.call import Call
from dojo.tape.interception import READ, WRITE
from dojo.tape.recorder import OPEN
from dojo.tape.shared_memory import FIRST_CALLS

CONNECT = ("connect", "connect_ex")
PEER_STEPS = {*CONNECT, "shutdown", "close", "accept", *READ, *WRITE}
SETTING_UP = ("socket", "bind", "listen", "getsockname", "getpeername", "setsockopt", "setblocking", "settimeout")
NO_RESULT = (*SETTING_UP, "register", "unregister")  # steps of an experiment that are no part of its result
NOTHING = ("0", "b''", "[]")  # asked for: then no bytes are no end
FIRST_ROWS, LAST_ROWS = 3, 8  # rows kept of a long tape
ROWS = FIRST_ROWS + LAST_ROWS + 1  # lines that a tape takes at most, where nothing else is said
FEWEST = 4  # lines of a tape that is cut as far as it can be
LINGER = f"{socket.SOL_SOCKET}, {socket.SO_LINGER}"


@dataclass
class Row:
    """One line of the picture; `at` is in milliseconds."""

    at: float
    you: str = ""
    kernel: str = ""
    peers: str = ""
    times: int = 1

    @property
    def cells(self) -> tuple[str, str, str]:
        """What makes two rows the same."""
        return self.you, self.kernel, self.peers


def outcome(call: Call) -> str:
    """What the kernel gave: an error, bytes, a connection."""
    if call.error:
        return f"suite: {call.error}" if call.forged else call.error
    if call.name in READ:
        if call.copied == 0:
            asked = call.args.rpartition(", ")[2] if call.name.startswith("os.") else call.args
            return "0 bytes" if asked in NOTHING else "0 bytes: the end"
        return f"copies {_bytes(call.copied)}"
    if call.name in WRITE:
        return f"takes {_bytes(call.copied)}"
    if call.made:
        return f"→ {call.made}"
    if call.result.endswith(OPEN):
        return call.result
    return "" if call.result == "None" else f"→ {call.result}"


def rows(calls: list[Call], end: str = "", experiment: bool = False) -> list[Row]:
    """The picture of a tape, repeats folded; `end` is the last row's word for a process that was stopped.

    `experiment`: the suite asks the kernel what the learner has foretold, and that stands in the first lane.
    """
    made: list[tuple[float, int, Row]] = []
    lingering: set[int] = set()
    outer: dict[int, Call] = {}
    for call in calls:
        at = call.began / 1e6
        if experiment and call.who == "peer" and (call.name in READ or call.name not in PEER_STEPS):
            if call.name not in NO_RESULT:
                made += _experiment(call, calls)
            continue
        if call.who == "peer":
            if call.name == "setsockopt" and call.args.startswith(LINGER):
                lingering.add(call.fd)
            if call.name in PEER_STEPS and call.error in ("", "EINPROGRESS"):
                text = call.text
                if call.name == "close" and call.result.endswith(OPEN):
                    text = f"{call.text}, not the last"
                elif call.name == "close" and call.fd in lingering:
                    lingering.discard(call.fd)
                    text = f"{call.target} resets (RST)"
                elif call.name in READ and call.ended is not None:
                    text = (
                        f"{call.target} reads {_bytes(call.copied)}" if call.copied else f"{call.target} sees the end"
                    )
                elif call.name in CONNECT:
                    text = f"{call.target} connects"
                elif call.ended is None:
                    text += " …"
                made.append((at, call.number, Row(at, peers=text)))
            continue
        if call.name.startswith("selector."):
            outer[call.thread] = call
        elif (above := outer.get(call.thread)) and (above.ended is None or call.began <= above.ended):
            continue  # the kernel's side of a selector's call
        if call.ended is None:
            made.append((at, call.number, Row(at, call.text, "waiting …")))
        elif call.waited and call.name != "sleep":
            ended = call.ended / 1e6
            made.append((at, call.number, Row(at, call.text, "waiting …")))
            made.append((ended, call.number, Row(ended, "", f"waited {ended - at:.1f} ms")))
            if phase := outcome(call):
                made.append((ended, call.number, Row(ended, "", phase)))
        else:
            made.append((at, call.number, Row(at, call.text, outcome(call))))
    folded: list[Row] = []
    before = 0
    for _, number, row in sorted(made, key=lambda entry: entry[:2]):
        if folded and folded[-1].cells == row.cells:
            # Between the first calls and the last the board keeps only their number.
            folded[-1].times += number - before if before == FIRST_CALLS - 1 else 1
        else:
            folded.append(row)
        before = number
    if end:
        folded.append(Row(-1, end))
    return folded


def _experiment(call: Call, calls: list[Call]) -> list[tuple[float, int, Row]]:
    """A call of the suite's own; that it waited is told by what was done while it did."""
    at, ended = call.began / 1e6, (call.ended or call.began) / 1e6
    if any(call.began < other.began < (call.ended or 0) for other in calls):
        return [(at, call.number, Row(at, call.text, "waiting …")), (ended, call.number, Row(ended, "", outcome(call)))]
    return [(at, call.number, Row(at, call.text, outcome(call)))]


def draw(
    picture: list[Row], screen: Screen, stopped_at: float = 0.0, who: str = "your code", most: int = ROWS
) -> list[str]:
    """The rows as lines that fit the screen, below a line of titles; `who` acts in the first lane.

    If there are more than `most` rows, those in the middle are left out.
    """
    if not picture:
        return []
    room = screen.width - 2 - 7 - 2
    peers = max(min(12, room // 3 - 1), room * 31 // 100)
    kernel = max(min(16, room // 3), room * 28 // 100)
    you = room - peers - kernel - 2
    lines = [_line("ms", who, "kernel", "peers", (you, kernel, peers))]
    most = max(FEWEST, most)
    if len(picture) > most:
        first = min(FIRST_ROWS, (most - 1) // 3)
        last = most - 1 - first
        left = len(picture) - first - last
        shown: list[Row | str] = [*picture[:first], f"({left} rows left out)", *picture[-last:]]
    else:
        shown = list(picture)
    for row in shown:
        if isinstance(row, str):
            lines.append(f"{'':11}{row}")
            continue
        times = f" × {row.times:,}" if row.times > 1 else ""
        at = stopped_at if row.at < 0 else row.at
        mine = _fit(row.you, you - len(times)) + times if row.you else ""
        theirs = row.peers if row.you else _fit(row.peers, peers - len(times)) + (times if row.peers else "")
        lines.append(_line(f"{at:.1f}", mine, row.kernel, theirs, (you, kernel, peers)))
    return lines


def _line(at: str, mine: str, kernel: str, peers: str, widths: tuple[int, int, int]) -> str:
    a, b, c = widths
    return f"  {at:>7}  {_fit(mine, a):<{a}} {_fit(kernel, b):<{b}} {_fit(peers, c)}".rstrip()


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _bytes(size: int) -> str:
    return f"{size:,} byte{'s' * (size != 1)}"
