"""Run one test in a process of its own, and never be fooled or held up by it.

The child may block, spin, exit, fork, close everything or be killed. What counts
is what it wrote on the board before, and the clock of this process.
"""

from __future__ import annotations

import os
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dojo.core import processes
from dojo.sandbox import child, diagnosis, leftovers
from dojo.sandbox.deadline import LOOK, Patience
from dojo.tape.shared_memory import Board

PATIENCE = 30.0  # seconds beyond the deadline before a process that judges counts as lost
DEADLINE = 2.0  # seconds, unless the suite asks for more
MEMORY = 1 << 30  # bytes that a test and the processes that it starts may take
PROCESSES = 300  # that it may start
KEEP_TAPES = bool(os.environ.get("DOJO_TAPES"))  # of green tests too, for the chapter pages
KEEP_OUTPUT = 16 * 1024  # bytes of output that are kept

_waiting: set[int] = set()  # processes of tests that have not begun
_stacks = None


class Excess(Exception):
    """A test takes more of the machine than it may."""


class Interrupted(BaseException):
    """The run itself was ended from outside while a test was under way."""


@dataclass
class Prepared:
    """The process of a test, forked and ready; it begins when it is told to go."""

    item: pytest.Function
    module: Path
    pid: int
    board: Board
    output: int  # to read what it prints from
    go: int


def prepare(item: pytest.Function, module: Path, coverage: str = "") -> Prepared:
    """Fork the process of a test; nothing of the learner's has run in it yet.

    `coverage` is a directory in which to leave a record of what ran; empty for none.
    """
    global _stacks
    if coverage:
        child.prepare_to_measure(module)
    if _stacks is None:
        _stacks = tempfile.TemporaryFile()
        processes.adopt_orphans()
        child.prepare()
    board = Board()
    reader, writer = os.pipe()
    waits, go = os.pipe()
    os.set_blocking(reader, False)
    pid = processes.fork()
    if pid == 0:
        child.main(item, module, board, writer, _stacks.fileno(), coverage, waits)
    os.close(writer)
    os.close(waits)
    _waiting.add(pid)
    return Prepared(item, module, pid, board, reader, go)


def finish(prepared: Prepared, deadline: float, lifeline: int | None = None) -> dict[str, Any]:
    """Let a test begin; the verdict on it as a dictionary that survives JSON.

    `deadline` is in seconds. Raises Interrupted when `lifeline`, a descriptor,
    reports that nobody waits for the verdict any more.
    """
    item, module, board = prepared.item, prepared.module, prepared.board
    pid, reader = prepared.pid, prepared.output
    assert _stacks is not None
    _stacks.seek(0)
    _stacks.truncate()
    patience = Patience(pid, deadline)
    os.write(prepared.go, b"!")
    os.close(prepared.go)
    _waiting.discard(pid)
    reaped = False
    found: dict[str, Any] = {}
    output = bytearray()
    ended = processes.exit_descriptor(pid)
    try:
        try:
            while not (in_time := _wait(ended, reader, output, patience, lifeline)) and patience.grows():
                pass
            if not in_time:
                # Looked at first: to be asked for its stacks may wake a process that would have slept for ever.
                late = board.verdict is not None
                found = diagnosis.inspect(pid, board, module, item.path, _stacks.fileno(), deadline)
                in_time = late and _has_ended(ended)
        except Excess as error:
            in_time = False
            found = diagnosis.inspect(pid, board, module, item.path, _stacks.fileno(), deadline)
            found |= {"verdict": "died", "got": f"the process was stopped: {error}", "words": ""}
        _kill(pid)
        _, status = os.waitpid(pid, 0)
        reaped = True
        _read(reader, output)
    finally:
        if not reaped:
            _kill(pid)
            os.waitpid(pid, 0)
        stray = bury_strays()
        os.close(ended)
        os.close(reader)
    verdict = _verdict(board, in_time, status, found)
    if stray and verdict["verdict"] == "passed":
        verdict |= {
            "verdict": "leaked",
            "wanted": "nothing is left behind",
            "got": f"{stray} processes that the code started were still there",
            "words": "Whoever starts a process also waits for its end.",
        }
    verdict["seconds"] = time.monotonic() - patience.began
    verdict["granted"] = patience.granted
    verdict["output"] = output.decode("utf-8", "replace")
    if verdict["verdict"] != "passed" or KEEP_TAPES or "predicted" in verdict:
        verdict.setdefault("tape", [list(record) for record in board.records()])
        verdict["counts"] = board.counts()
    board.close()
    return verdict


def lost() -> dict[str, Any]:
    """The verdict on a test under which the process that judged it has ended or stopped."""
    return {
        "verdict": "died",
        "wanted": "the test runs to its end",
        "got": "the process that judges was ended or stopped while the test ran",
        "words": "Does your code send a signal to its parent? A test ends itself alone.",
        "seconds": 0.0,
        "granted": 0.0,
        "output": "",
    }


def _has_ended(ended: int) -> bool:
    return bool(processes.poll_for(ended).poll(0))


def _wait(ended: int, reader: int, output: bytearray, patience: Patience, lifeline: int | None) -> bool:
    """Wait for the child's end and take its output meanwhile; False at the deadline."""
    look = time.monotonic() + LOOK
    poll = processes.poll_for(ended, reader, *([] if lifeline is None else [lifeline]))
    while True:
        now = time.monotonic()
        if now >= patience.until:
            return False
        if now >= look:
            _bound()
            look = time.monotonic() + LOOK
        due = min(look, patience.until)
        found = poll.poll(max(0, due - now) * 1000)
        patience.woken(due)
        for fd, _ in found:
            if fd == ended:
                return True
            if fd == lifeline:
                raise Interrupted
            if not _read(reader, output):
                poll.unregister(reader)


def _bound() -> None:
    """Raise Excess if the test takes too much; all that it starts descends from here (Linux only)."""
    everybody = [pid for pid in leftovers.descendants(os.getpid(), PROCESSES + len(_waiting)) if pid not in _waiting]
    if len(everybody) > PROCESSES:
        raise Excess(f"it has started more than {PROCESSES} processes")
    if (taken := processes.memory(everybody, MEMORY)) > MEMORY:
        raise Excess(f"it has taken {taken / (1 << 30):.1f} GiB of memory")


def _read(reader: int, output: bytearray) -> bool:
    """Take what was printed; False once nothing more can come."""
    for _ in range(64):  # a flood must not keep us from looking at the clock
        try:
            data = os.read(reader, 65536)
        except BlockingIOError:
            return True
        if not data:
            return False
        output += data[: max(0, KEEP_OUTPUT - len(output))]
    return True


def _kill(pid: int) -> None:
    """End the child and its process group; its number is ours until it is waited for."""
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


def bury_strays(*others: int) -> int:
    """End and reap what the child left: such orphans have become our children. `others` are no strays."""
    buried = 0
    while strays := set(leftovers.children(os.getpid())).difference(others, _waiting):
        for stray in strays:
            try:
                os.kill(stray, signal.SIGKILL)
                _, status = os.waitpid(stray, 0)
                # One that had ended by itself was nobody's to wait for any more.
                buried += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            except (ProcessLookupError, ChildProcessError):
                pass
    return buried


def _verdict(board: Board, in_time: bool, status: int, found: dict[str, Any]) -> dict[str, Any]:
    verdict = board.verdict
    if verdict is not None and in_time:
        return verdict
    while_importing = board.phase == "importing"
    if not in_time:
        kind = "could not start" if while_importing else found.pop("verdict", "hung")
        return {**found, "verdict": kind, "whole_kata": while_importing}
    if os.WIFSIGNALED(status):
        how = f"the process was killed by {processes.signal_name(os.WTERMSIG(status))}"
    else:
        how = f"the process ended itself with status {os.waitstatus_to_exitcode(status)}"
    return {
        "verdict": "could not start" if while_importing else "died",
        "whole_kata": while_importing,
        "got": f"{how}{' while the file was imported' if while_importing else ' before the test was over'}",
        "words": "Code that ends the process takes its test with it: no verdict is a failure.",
        "wanted": "the test runs to its end",
        "line": max((record[7] for record in list(board.records())[-1:] if record[1] == "you"), default=0),
    }
