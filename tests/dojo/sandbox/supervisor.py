"""Run one test in a process of its own, and never be fooled or held up by it.

The child may block, spin, exit, fork, close everything or be killed. What counts
is what it wrote into shared memory before, and the clock of this process.
"""

from __future__ import annotations

import os
import signal
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dojo.core import processes
from dojo.sandbox import aftermath, child, diagnosis, temporary
from dojo.sandbox.attended import Attended
from dojo.sandbox.burying import bury
from dojo.sandbox.deadline import Patience
from dojo.sandbox.excess import Bounds, Excess
from dojo.sandbox.ours import Ours
from dojo.sandbox.sweep import Case
from dojo.sandbox.verdict import Kind, Verdict
from dojo.sandbox.wakers import Wakers
from dojo.tape.shared_memory import SharedMemory

DEADLINE = 2.0  # seconds, unless the suite asks for more
KEEP_TAPES = bool(os.environ.get("DOJO_TAPES"))  # of green tests too, for the chapter pages

_waiting: set[int] = set()  # processes of tests that have not begun
_stacks = None
_ours: Ours | None = None


@dataclass
class Prepared:
    """The process of a test, forked and ready; it begins when it is told to go."""

    item: pytest.Function
    module: Path
    pid: int
    memory: SharedMemory
    output: int  # to read what it prints from
    go: int
    directory: Path | None  # for its temporary files
    keeps_tape: bool  # of a green run, too


def prepare(item: pytest.Function, module: Path, coverage: str = "", case: Case | None = None) -> Prepared:
    """Fork the process of a test; nothing of the learner's has run in it yet.

    `coverage` is a directory in which to leave a record of what ran; empty for none. `case`: see dojo.sandbox.sweep.
    """
    global _stacks, _ours
    if coverage:
        child.prepare_to_measure(module)
    if _stacks is None:
        _stacks = tempfile.TemporaryFile()
        processes.adopt_orphans()
        child.prepare()
        _ours = Ours()
    memory = SharedMemory()
    reader, writer = os.pipe()
    waits, go = os.pipe()
    os.set_blocking(reader, False)
    directory = temporary.make()
    child.case = case
    pid = processes.fork()
    if pid == 0:
        temporary.enter(directory)
        child.main(item, module, memory, writer, _stacks.fileno(), coverage, waits)
    os.close(writer)
    os.close(waits)
    _waiting.add(pid)
    swept = item.get_closest_marker("sweep") is not None
    return Prepared(item, module, pid, memory, reader, go, directory, swept)


def finish(prepared: Prepared, deadline: float, lifeline: int | None = None) -> Verdict:
    """Let a test begin; the verdict on it. Each way in which it may end is here, and ends it.

    `deadline` is in seconds. Raises Interrupted when `lifeline`, a descriptor,
    reports that nobody waits for the verdict any more.
    """
    item, module, memory = prepared.item, prepared.module, prepared.memory
    pid = prepared.pid
    assert _stacks is not None and _ours is not None
    _stacks.seek(0)
    _stacks.truncate()
    found: Verdict | None = None  # on a process that had to be stopped
    wakers = Wakers(pid, _waiting, memory, prepared.output, _stacks.fileno())
    patience, bounds = Patience(pid, deadline), Bounds(pid, _waiting)
    attended = Attended(patience, bounds, wakers, memory, prepared.output, lifeline)
    try:
        _begin(prepared)
        try:
            if not attended.wait():
                # Looked at first: to be asked for its stacks may wake a process that would have slept for ever.
                late = Verdict.from_memory(memory.conclusion) is not None
                found = diagnosis.inspect(
                    pid, memory, module, item.path, _stacks.fileno(), patience.awake, attended.sleeps_for_good
                )
                found = None if late and attended.has_ended() else found
        except Excess as error:
            found = diagnosis.inspect(pid, memory, module, item.path, _stacks.fileno(), patience.awake)
            found = replace(found, kind=Kind.DIED, got=f"the process was stopped: {error}", words="")
    finally:
        _kill(pid)
        buried = bury(_waiting)
        buried.killed |= bounds.buried.killed
        attended.close()
    verdict = _verdict(memory, buried.statuses.get(pid), found)
    verdict = aftermath.with_strays(verdict, buried, pid)
    verdict = aftermath.with_files(verdict, temporary.remove(prepared.directory))
    verdict = aftermath.with_settings(verdict, _ours.put_back())
    verdict = aftermath.with_its_file(verdict, module)
    verdict.seconds = patience.awake
    verdict.granted = patience.granted
    verdict.output = attended.output.decode("utf-8", "replace")
    if verdict.kind is not Kind.PASSED or KEEP_TAPES or verdict.predicted or prepared.keeps_tape:
        verdict.tape = verdict.tape or memory.calls()
        verdict.counts = memory.counts()
    memory.close()
    return verdict


def _begin(prepared: Prepared) -> None:
    """Tell the process of a test to go."""
    try:
        os.write(prepared.go, b"!")
    except BrokenPipeError:  # somebody has killed it while it waited
        pass
    os.close(prepared.go)
    _waiting.discard(prepared.pid)


def is_spoiled() -> bool:
    """Whether a test has left this process with settings that it cannot put back: another one should judge the next."""
    return _ours is not None and _ours.spoiled


def lost() -> Verdict:
    """The verdict on a test under which the process that judged it has ended or stopped."""
    return Verdict(
        Kind.DIED,
        wanted="the test runs to its end",
        got="the process that judges was ended while the test ran, or stopped again and again",
        words="Does your code send a signal to its parent? A test ends itself alone.",
    )


def _kill(pid: int) -> None:
    """End the child and its process group; its number is ours until it is waited for."""
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


def _verdict(memory: SharedMemory, status: int | None, found: Verdict | None) -> Verdict:
    """What a test came to: by itself, or as it was `found` when it had to be stopped."""
    if memory.fault:
        return Verdict(Kind.FAULT, got="a call could not be taken down", words=memory.fault)
    verdict = Verdict.from_memory(memory.conclusion)
    if verdict is not None and found is None:
        return verdict
    while_importing = memory.phase == "importing"
    if found is not None:
        return replace(found, kind=Kind.COULD_NOT_START, whole_kata=True) if while_importing else found
    if status is None:
        how = "the process cannot be ended"
    elif os.WIFSIGNALED(status):
        how = f"the process was killed by {processes.signal_name(os.WTERMSIG(status))}"
    else:
        how = f"the process ended itself with status {os.waitstatus_to_exitcode(status)}"
    last = memory.calls()[-1:]
    return Verdict(
        Kind.COULD_NOT_START if while_importing else Kind.DIED,
        wanted="the test runs to its end",
        got=f"{how}{' while the file was imported' if while_importing else ' before the test was over'}",
        words="Code that ends the process takes its test with it: no verdict is a failure.",
        line=max((call.line for call in last if call.who == "you"), default=0),
        whole_kata=while_importing,
    )
