"""Say what a process that missed its deadline is doing: the tape, its stacks and /proc tell."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo import system
from dojo.board import Board
from dojo.places import shown
from dojo.statements import demand, statement_at, words_of
from dojo.tape import Call

STACKS_WITHIN = 0.1  # seconds that a process gets to write its stacks down
FRAME = re.compile(r'  File "(.+)", line (\d+) in (.+)')

WAITS = {
    "accept": "accept() on a blocking listener sleeps until somebody connects, and nobody does.",
    "recv": "A blocking recv() sleeps until bytes, the end or a reset arrive, and the peer has nothing more to say.",
    "send": "A blocking send sleeps until the peer makes room by reading, and it does not read.",
    "connect": "A blocking connect() sleeps until the listener's kernel takes the connection.",
    "select": "The wait has no limit, or a longer one than the test, and nothing becomes ready.",
    "poll": "The wait has no limit, or a longer one than the test, and nothing becomes ready.",
    "sleep": "Sleeping is not waiting for a socket: what arrives meanwhile wakes nobody.",
    "close": "close() itself sleeps here: lingering is on and there are bytes that the peer does not take.",
}
FAMILY = {
    "recv_into": "recv",
    "recvfrom": "recv",
    "recvmsg": "recv",
    "sendall": "send",
    "sendto": "send",
    "sendmsg": "send",
    "selector.select": "select",
    "control": "poll",
}


@dataclass
class Thread:
    """One thread of the process as /proc shows it (proc(5))."""

    state: str
    syscall: int  # -1 while running
    busy: float  # seconds on a processor
    queued: float  # seconds in the queue for one


def inspect(pid: int, board: Board, module: Path, suite: Path, stacks: int, deadline: float) -> dict[str, Any]:
    """Wanted, got, the learner's line and a nudge for a process that still runs at its deadline."""
    threads = _threads(pid)
    stopped = any(thread.state in "tT" for thread in threads)
    frames = [] if stopped else _frames(pid, stacks)
    learner = [line for name, line in frames if name == str(module)]
    judge = [line for name, line in frames if name == str(suite)]
    records = [Call(*record) for record in board.records()]
    counts = board.counts()
    asleep = [call for call in records if call.who == "you" and call.ended is None and call.name != "selector.select"]
    line, words = (learner[0] if learner else 0), ""
    place = f" at {shown(module)}:{line}" if line else ""
    if stopped:
        got = "no answer: the process has stopped itself (SIGSTOP)"
    elif any(_spins(thread, deadline) for thread in threads):
        got = f"no answer: a busy loop{place}; {_counted(counts)}"
        words = "It runs without a pause: a processor is burnt and nothing is waited for."
    elif asleep:
        call = max(asleep, key=lambda call: call.began)
        line = call.line or line
        place = f" at {shown(module)}:{line}" if line else ""
        got = f"no answer: still blocked in {call.text}{place}"
        words = WAITS.get(FAMILY.get(call.name, call.name), "")
    elif learner:
        got = f"no answer: asleep{place}, and not in a call on a socket"
    else:
        got = "no answer, and your code is not running any more"
    if board.note:
        got += f"; the test still waits for {board.note}"
    statement = statement_at(suite, judge[0]) if judge else ""
    words = ". ".join(part for part in (words_of(statement), words) if part)
    return {
        "got": got,
        "line": line,
        "suite_line": judge[0] if judge else 0,
        "words": words,
        "wanted": demand(statement),
    }


def _spins(thread: Thread, deadline: float) -> bool:
    return thread.busy > 0.5 * max(0.2, deadline - thread.queued)


def _counted(counts: dict[str, int]) -> str:
    if not counts:
        return "no call on any socket"
    most = Counter(counts).most_common(2)
    return " and ".join(f"{name}() was called {count:,} time{'s' * (count != 1)}" for name, count in most)


def _threads(pid: int) -> list[Thread]:
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            base = Path(f"/proc/{pid}/task/{task}")
            state = base.joinpath("stat").read_text().rpartition(")")[2].split()[0]
            busy, queued, _ = base.joinpath("schedstat").read_text().split()
            found.append(Thread(state, -1, int(busy) / 1e9, int(queued) / 1e9))
    except OSError:
        pass  # not Linux, or the process has just ended
    return found


def _frames(pid: int, stacks: int) -> list[tuple[str, int]]:
    """Every frame of every thread, the latest calls first; empty if none came in time.

    The handler behind the signal is faulthandler's: it needs no interpreter
    lock, so that a block in C code is seen as well.
    """
    try:
        os.kill(pid, system.STACK_SIGNAL)
    except ProcessLookupError:
        return []
    size, until = 0, time.monotonic() + STACKS_WITHIN
    watch = system.exit_descriptor(pid)
    poll = system.poll_for(watch)
    while time.monotonic() < until:
        if poll.poll(3):  # milliseconds; ends at once if the signal ended the process
            break
        now = os.fstat(stacks).st_size
        if now and now == size:
            break
        size = now
    os.close(watch)
    text = os.pread(stacks, 65536, 0).decode("utf-8", "replace")
    return [(found[1], int(found[2])) for found in FRAME.finditer(text)]
