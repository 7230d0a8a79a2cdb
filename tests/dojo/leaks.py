"""What a test leaves behind in its process: descriptors, threads, children, settings."""

from __future__ import annotations

import os
import signal
import socket
import threading
from dataclasses import dataclass
from pathlib import Path

from dojo.tape import Recorder

GRACE = 0.25  # seconds for a thread that is on its way out


def descriptors() -> set[int]:
    """The numbers of all open descriptors (proc(5), /proc/pid/fd; /dev/fd elsewhere)."""
    where = "/proc/self/fd" if Path("/proc/self/fd").is_dir() else "/dev/fd"
    # The listing has a descriptor of its own in it, which is closed when it is done.
    return {number for number in map(int, os.listdir(where)) if _is_open(number)}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _handlers() -> dict[int, object]:
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


@dataclass
class State:
    """What is compared before and after a test."""

    descriptors: set[int]
    handlers: dict[int, object]
    timeout: float | None
    mask: set[int]
    directory: str

    @classmethod
    def now(cls) -> State:
        """The state of this process."""
        return cls(
            descriptors(),
            _handlers(),
            socket.getdefaulttimeout(),
            {int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, ())},
            os.getcwd(),
        )


def left_behind(
    before: State, recorder: Recorder, own_threads: set[threading.Thread], serving: bool
) -> list[tuple[str, int]]:
    """Each thing that is not as it was, in words, with the line that made it (0 if unknown).

    `own_threads` are the suite's, which may go on: they end with the process.
    If one was still `serving` when the test was over, it may hold descriptors.
    """
    found: list[tuple[str, int]] = []
    for name, line in recorder.garbage:
        found.append((f"{name} was never closed: it was left to the garbage collector", line))
    for thread in threading.enumerate():
        if thread in own_threads:
            continue
        thread.join(GRACE)
        if thread.is_alive():
            found.append((f"the thread {thread.name!r} is still running", 0))
    recorder.on = False
    after = State.now()
    for fd in sorted(after.descriptors - before.descriptors) if not serving else ():
        who, line = recorder.born.get(fd, ("", 0))
        found.append((f"{recorder.name_of(fd)} is still open", line if who == "you" else 0))
    found += [(f"the child process {pid} is still there", 0) for pid in children()]
    for number, handler in after.handlers.items():
        if handler != before.handlers.get(number):
            found.append((f"the handler of {signal.Signals(number).name} was changed", 0))
    if after.timeout != before.timeout:
        found.append((f"the default timeout of all sockets is now {after.timeout}", 0))
    if after.mask != before.mask:
        found.append(("the signal mask was changed", 0))
    if after.directory != before.directory:
        found.append((f"the working directory is now {after.directory}", 0))
    return found


def children(of: int | None = None) -> list[int]:
    """The direct children of a process, this one by default; empty where the system does not tell."""
    pid = of or os.getpid()
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                found += [int(child) for child in file.read().split()]
    except OSError:
        if of is None:
            try:
                child, _ = os.waitpid(-1, os.WNOHANG)
                return [child]
            except ChildProcessError:
                return []
    return found
