"""Run one test in a process of its own, and never be fooled or held up by it.

The child may block, spin, exit, fork, close everything or be killed. What counts
is what it wrote on the board before, and the clock of this process.
"""

from __future__ import annotations

import os
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from dojo import child, diagnosis, leaks, system
from dojo.board import Board

DEADLINE = 2.0  # seconds, unless the suite asks for more
KEEP_TAPES = bool(os.environ.get("DOJO_TAPES"))  # of green tests too, for the chapter pages
KEEP_OUTPUT = 16 * 1024  # bytes of output that are kept

private: list[int] = []  # descriptors of this process that its tests do not get
_stacks = None


class Interrupted(BaseException):
    """The run itself was ended from outside while a test was under way."""


def judge(
    item: pytest.Function, module: Path, deadline: float, lifeline: int | None = None, coverage: str = ""
) -> dict[str, Any]:
    """The verdict on one test as a dictionary that survives JSON.

    `deadline` is in seconds; `coverage` is where to leave a record of what ran.
    Raises Interrupted when `lifeline`, a descriptor, reports that nobody waits
    for the verdict any more.
    """
    global _stacks
    if _stacks is None:
        _stacks = tempfile.TemporaryFile()
        system.adopt_orphans()
        child.prepare()
    _stacks.seek(0)
    _stacks.truncate()
    board = Board()
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        for fd in private:
            os.close(fd)
        child.main(item, module, board, writer, _stacks.fileno(), coverage)
    os.close(writer)
    reaped = False
    found: dict[str, Any] = {}
    output = bytearray()
    ended = system.exit_descriptor(pid)
    try:
        in_time = _wait(ended, reader, output, began + deadline, lifeline)
        if not in_time:
            found = diagnosis.inspect(pid, board, module, item.path, _stacks.fileno(), deadline)
        _kill(pid)
        _, status = os.waitpid(pid, 0)
        reaped = True
        _read(reader, output)
    finally:
        if not reaped:
            _kill(pid)
            os.waitpid(pid, 0)
        stray = _bury_strays()
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
    verdict["seconds"] = time.monotonic() - began
    verdict["output"] = output.decode("utf-8", "replace")
    if verdict["verdict"] != "passed" or KEEP_TAPES:
        verdict.setdefault("tape", [list(record) for record in board.records()])
        verdict["counts"] = board.counts()
    board.close()
    return verdict


def _wait(ended: int, reader: int, output: bytearray, until: float, lifeline: int | None) -> bool:
    """Wait for the child's end and take its output meanwhile; False at the deadline."""
    poll = system.poll_for(ended, reader, *([] if lifeline is None else [lifeline]))
    while True:
        left = until - time.monotonic()
        if left <= 0:
            return False
        for fd, _ in poll.poll(left * 1000):
            if fd == ended:
                return True
            if fd == lifeline:
                raise Interrupted
            if not _read(reader, output):
                poll.unregister(reader)


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


def _bury_strays() -> int:
    """End and reap what the child left: such orphans have become our children."""
    buried = 0
    while strays := leaks.children(os.getpid()):
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
    if not in_time:
        kind = "could not start" if board.phase == "importing" else "hung"
        return {"verdict": kind, "whole_kata": kind == "could not start", **found}
    if os.WIFSIGNALED(status):
        how = f"the process was killed by {signal.Signals(os.WTERMSIG(status)).name}"
    else:
        how = f"the process ended itself with status {os.waitstatus_to_exitcode(status)}"
    while_importing = board.phase == "importing"
    return {
        "verdict": "could not start" if while_importing else "died",
        "whole_kata": while_importing,
        "got": f"{how}{' while the file was imported' if while_importing else ' before the test was over'}",
        "words": "Code that ends the process takes its test with it: no verdict is a failure.",
        "wanted": "the test runs to its end",
        "line": max((record[7] for record in list(board.records())[-1:] if record[1] == "you"), default=0),
    }
