"""Say what a process that missed its deadline is doing: the tape, its stacks and /proc tell."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from dojo.core import processes
from dojo.core.system_calls import sleeping_on
from dojo.sandbox.statements import demand, statement_at, words_of
from dojo.sandbox.verdict import Kind, Verdict
from dojo.tape.call import Call
from dojo.tape.interception import READ, WRITE
from dojo.tape.shared_memory import SharedMemory
from dojo.tape.wording import counted

ASKED = 50  # looks, two milliseconds apart, within which a thread writes its stack down
THREADS = 8  # that are asked for it
LATEST = 400  # calls on the tape that show whether it gets on; a turn of its loop may be a wait or two as well
FEW_BYTES = 256  # that a call moves: whoever moves as many gets a mebibyte through before the deadline
STILL = 10  # such looks in which a stack has not grown: it may have another end than these
WHOLE = ("in _run_module_as_main\n", "in _bootstrap\n", "  ...\n")  # a program's, a thread's, one of a hundred frames
FRAME = re.compile(r'  File "(.+)", line (\d{1,9}) in')

WAITS = {
    "accept": "accept() on a blocking listener sleeps until somebody connects, and nobody does",
    "recv": "A blocking {name}() sleeps until bytes, the end or a reset arrive, and none of them comes",
    "send": "A blocking send sleeps until the peer makes room by reading, and it does not read",
    "connect": "A blocking connect() sleeps until the listener's kernel takes the connection",
    "select": "The wait has no limit, or a longer one than the test, and nothing becomes ready",
    "poll": "The wait has no limit, or a longer one than the test, and nothing becomes ready",
    "sleep": "Sleeping is not waiting for a socket: what arrives meanwhile wakes nobody",
    "os.eventfd_read": "eventfd_read() sleeps until somebody adds to the counter, and nobody does",
    "os.splice": "splice() sleeps until there is something to take at the one end, and room at the other",
    "close": "close() itself sleeps here: lingering is on and there are bytes that the peer does not take",
}
FAMILY = {
    **dict.fromkeys(READ, "recv"),
    **dict.fromkeys(WRITE, "send"),
    "os.splice": "os.splice",
    "os.close": "close",
    "connect_ex": "connect",
    "selector.select": "select",
    "control": "poll",
}
AGAIN = "It waited for a short while, again and again, and nothing that came ended this"
UNSEEN = "The tape does not see this call: a file object on the descriptor, ssl or ctypes made it in C"


@dataclass
class Thread:
    """One thread of the process as /proc shows it (proc(5))."""

    number: int
    state: str
    busy: float  # seconds on a processor
    queued: float  # seconds in the queue for one
    sleeps_in: tuple[str, int] = ("", -1)  # a system call, and the descriptor of its socket
    frames: list[tuple[str, int]] = field(default_factory=list)  # file and line, the latest call first

    def spins(self, seconds: float) -> bool:
        """Whether it ran for much of the time that it could have, of so many seconds; who waits runs for next to none.

        Who queues for a processor, or has used up what a group of processes may have of one, could not.
        """
        return self.busy > 0.25 * max(0.2, seconds - self.queued)

    def line_in(self, path: Path) -> int:
        """The line of a file at which it is; 0 if it is not in that file."""
        return next((line for name, line in self.frames if name == str(path)), 0)


def inspect(
    pid: int, memory: SharedMemory, module: Path, suite: Path, stacks: int, seconds: float, for_good: bool = False
) -> Verdict:
    """The verdict on a process that still runs after so many seconds, with its tape: one look after the other.

    `for_good`: all its threads are known to sleep, however much they ran before.
    """
    threads = [Thread(*one) for one in processes.threads(pid)] or [Thread(pid, "?", 0, 0)]
    stopped = any(thread.state in "tT" for thread in threads)
    # The tape ends here: the signals that ask for stacks interrupt what sleeps.
    tape = memory.calls()
    for thread in threads[:THREADS]:
        thread.sleeps_in = sleeping_on(pid, thread.number)
    if not stopped:
        _ask_for_stacks(pid, threads, stacks)
    asleep = [call for call in tape if call.who == "you" and call.ended is None and call.name != "selector.select"]
    # Only the learner's threads, and those that could not be asked: the suite's may look round for a state.
    theirs = [thread for thread in threads if thread.line_in(module) or not thread.frames]
    spinning = [thread for thread in theirs if not for_good and thread.spins(seconds)]
    at = next((line for thread in spinning + threads if (line := thread.line_in(module))), 0)
    suite_line = next((line for thread in threads if (line := thread.line_in(suite))), 0)
    statement = statement_at(suite, suite_line) if suite_line else ""
    words = ""
    if stopped:
        got = "the process has stopped itself (SIGSTOP)"
    elif spinning and _moves_little(tape):
        got = f"still at work{_place(module, at)}; {_counted(memory.counts())}"
        words = "Each call moved a few bytes, and so many calls took longer than a test may: move more in one call"
    elif spinning and _naps(tape):
        got = f"one short wait after another{_place(module, at)}; {_counted(memory.counts())}"
        words = AGAIN
    elif spinning:
        got = f"a busy loop{_place(module, at)}; {_counted(memory.counts())}"
        words = "It runs without a pause: a processor is burnt and nothing is waited for"
    elif asleep:
        call = max(asleep, key=lambda call: call.began)
        at = call.line or at
        got = f"still blocked in {call.text}{_place(module, at)}"
        kind = FAMILY.get(call.name, call.name)
        words = AGAIN if kind in ("select", "poll") and _naps(tape) else WAITS.get(kind, "").format(name=call.name)
    elif unseen := [thread.sleeps_in for thread in theirs if thread.sleeps_in[0]]:
        name, fd = unseen[0]
        got = f"still blocked in {name}() on {_label(tape, fd)}{_place(module, at)}"
        words = UNSEEN
    elif at:
        got = f"asleep{_place(module, at)}, and not in a call on a socket"
        words = "It waits for something that is no socket: a lock, another thread, or input"
    elif not any(thread.frames for thread in threads) and processes.runs_python(pid):
        got = "asleep, and it did not say where in time"
    else:
        got = "your code is not running any more"
        words = words_of(statement)
    if memory.note:
        got += f"; the test still waits for {memory.note}"
    got = f"no answer: {got}"
    return Verdict(Kind.HUNG, demand(statement), got, words=words, line=at, suite_line=suite_line, tape=tape)


def _moves_little(tape: list[Call]) -> bool:
    """Whether the latest calls of the learner's got on, but only by a few bytes each."""
    latest = [call for call in tape[-LATEST:] if call.who == "you" and call.ended is not None]
    moved = [call.copied for call in latest if call.copied > 0 and "MSG_PEEK" not in call.text]
    return len(moved) >= len(latest) / 4 > 0 and sum(moved) < FEW_BYTES * len(moved)


def _naps(tape: list[Call]) -> bool:
    """Whether many of the learner's latest calls were waits with a limit, and nothing came of them."""
    latest = [call for call in tape[-LATEST:] if call.who == "you" and call.ended is not None]
    return sum(map(_is_in_vain, latest)) >= max(3, len(latest) / 4)


def _is_in_vain(call: Call) -> bool:
    """Whether it is a wait that ended because its time was over."""
    if call.name == "sleep":
        return call.args not in ("0", "0.0")
    return FAMILY.get(call.name, call.name) in ("select", "poll") and call.waited and not call.result.strip("[], ")


def _label(tape: list[Call], fd: int) -> str:
    """What the tape calls a descriptor."""
    return next((call.target for call in reversed(tape) if call.fd == fd and call.target), f"a socket, fd {fd}")


def _place(module: Path, line: int) -> str:
    return f" at {module.name}:{line}" if line else ""


def _counted(counts: dict[str, int]) -> str:
    if not counts:
        return "no call on any socket"
    most = Counter(counts).most_common(2)
    return " and ".join(f"{name}() was called {counted(count, 'time')}" for name, count in most)


def _ask_for_stacks(pid: int, threads: list[Thread], stacks: int) -> None:
    """Let each thread write its stack down, one after the other.

    The handler behind the signal is faulthandler's: it needs no interpreter
    lock, so that a block in C code is seen as well.
    """
    ended = processes.exit_descriptor(pid)
    poll = processes.poll_for(ended)
    for thread in threads[:THREADS]:
        start = os.fstat(stacks).st_size
        try:
            processes.signal_thread(pid, thread.number, processes.STACK_SIGNAL)
        except ProcessLookupError:
            continue
        text, still = "", 0
        # It is written bit by bit, and on a busy machine there may be a pause between two of them.
        for _ in range(ASKED):
            if still >= STILL or text.endswith(WHOLE):
                break
            over = poll.poll(2)  # milliseconds between two looks
            before, text = text, os.pread(stacks, 65536, start).decode("utf-8", "replace")
            still = still + 1 if text == before != "" else 0
            if over:
                break
        thread.frames = [(found[1], int(found[2])) for found in FRAME.finditer(text)]
    os.close(ended)
