"""What stands in the rows of a tape: your code, the kernel and the peers, from top to bottom in time."""

from __future__ import annotations

import itertools
import re
import socket
from dataclasses import replace

from dojo.tape.call import Call
from dojo.tape.folding import Row
from dojo.tape.interception import READ, WRITE
from dojo.tape.recorder import OPEN
from dojo.tape.shared_memory import FIRST_CALLS

CONNECT = ("connect", "connect_ex")
PEER_STEPS = {*CONNECT, "shutdown", "close", "accept", *READ, *WRITE}
SETTING_UP = ("socket", "bind", "listen", "getsockname", "getpeername", "setsockopt", "setblocking", "settimeout")
NO_RESULT = (*SETTING_UP, "register", "unregister")  # steps of an experiment that are no part of its result
SAY_NOTHING = ("selector.register", "selector.unregister", "selector.modify")
NOTHING = ("0", "b''", "[]")  # asked for: then no bytes are no end
PASSED = re.compile(r" ?after ([\d,]+(?:\.\d*[1-9])?)[.0]* s, which passed at once$")  # as interception.py says it
LINGER = f"{socket.SOL_SOCKET}, {socket.SO_LINGER}"


def outcome(call: Call) -> str:
    """What the kernel gave: an error, bytes, a connection."""
    if call.error:
        passed = call.result if call.name != "connect_ex" else ""  # there it is the error once more
        return f"{'suite: ' * call.forged}{call.error} {passed}".rstrip()
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
    if call.name in SAY_NOTHING or call.result == call.name:
        return ""
    return "" if call.result == "None" else f"→ {call.result}"


def until(calls: list[Call], moment: int) -> list[Call]:
    """The calls as they were at a moment, in nanoseconds: what ended later was under way; 0 is the end of the tape."""
    known = [call for call in calls if not moment or call.began <= moment]
    return [
        replace(call, ended=None, result="", error="", copied=-1, slept=False, made="", forged=False)
        if moment and call.ended is not None and call.ended > moment
        else call
        for call in known
    ]


def rows(calls: list[Call], end: str = "", experiment: bool = False) -> list[Row]:
    """The picture of a tape, in one pass: what a row looks like depends on those before it.

    `end` is the last row's word for a process that was stopped.
    `experiment`: the suite asks the kernel what the learner has predicted, and that stands in the first lane.
    """
    made: list[tuple[float, int, Row]] = []
    lingering: set[int] = set()
    within = _within_selectors(calls)
    asleep = {within[call.number] for call in calls if call.number in within and call.waited}
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
                made.append((at, call.number, Row(at, peers=text, call=call)))
            continue
        if call.number in within:
            continue
        row = Row(at, call.text, "waiting …", line=call.line, call=call)
        if call.ended is None:
            made.append((at, call.number, row))
        elif (call.waited or call.number in asleep) and call.name != "sleep":
            ended = call.ended / 1e6
            came = outcome(call)
            duration = f"{ended - at:.1f} ms"
            if passed := PASSED.search(came):
                came, duration = PASSED.sub("", came), f"{passed[1]} virtual s"
            waited = f"waited {duration}{'' if came.startswith('→') else ',' * bool(came)} {came}".rstrip()
            made.append((at, call.number, row))
            made.append((ended, call.number, Row(ended, "", waited, line=call.line, call=call, wakes=True)))
        else:
            made.append((at, call.number, replace(row, kernel=outcome(call))))
    made.sort(key=lambda entry: entry[:2])
    found = [row for _, _, row in made]
    for (_, number, _), (_, following, row) in itertools.pairwise(made):
        if number == FIRST_CALLS - 1 < following:
            row.missing = following - number - 1
    return [*found, Row(-1, end)] if end else found


def _within_selectors(calls: list[Call]) -> dict[int, int]:
    """The kernel's side of the calls of selectors: the numbers of calls, and in which call each of them was made."""
    found: dict[int, int] = {}
    outer: dict[int, Call] = {}
    for call in (call for call in calls if call.who == "you"):
        above = outer.get(call.thread)
        if call.name.startswith("selector."):
            outer[call.thread] = call
        elif above and (above.ended is None or call.began <= above.ended):
            found[call.number] = above.number
    return found


def _experiment(call: Call, calls: list[Call]) -> list[tuple[float, int, Row]]:
    """A call of the suite's own; that it waited is told by what was done while it did."""
    at, ended = call.began / 1e6, (call.ended or call.began) / 1e6
    row = Row(at, call.text, outcome(call), call=call)
    if any(call.began < other.began < (call.ended or 0) for other in calls):
        woken = Row(ended, "", outcome(call), call=call, wakes=True)
        return [(at, call.number, replace(row, kernel="waiting …")), (ended, call.number, woken)]
    return [(at, call.number, row)]


def _bytes(size: int) -> str:
    return f"{size:,} byte{'s' * (size != 1)}"
