"""What a test leaves behind in its process: descriptors, threads, children, settings."""

from __future__ import annotations

import gc
import importlib
import os
import resource
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

from dojo.core import processes
from dojo.tape.recorder import Recorder

WANTED = "nothing is left behind"
OPENED = "Whoever opens or starts something also closes or ends it, on every way out."
CHANGED = "What is not yours alone stays as it was, or is put back on every way out."
GRACE = 0.25  # seconds for all threads that are on their way out
SIGNALS = sorted(int(number) for number in signal.valid_signals())
# Not of descriptors: suites change that one themselves.
LIMITS = {
    name: getattr(resource, name)
    for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_STACK")
    if hasattr(resource, name)
}

# What the signal module wraps makes an enum member of each number, and takes twenty times as long.
plain_signal: Any = importlib.import_module("_signal")
_environment: Any = os.environ
_pause = threading.Event()


def descriptors() -> set[int]:
    """The numbers of all open descriptors (proc(5), /proc/pid/fd; /dev/fd elsewhere)."""
    # The listing has a descriptor of its own in it, which is closed when it is done.
    return {number for number in map(int, os.listdir(processes.FDS)) if _is_open(number)}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _handlers() -> dict[int, object]:
    return {number: plain_signal.getsignal(number) for number in SIGNALS}


def _directory() -> str:
    try:
        return os.getcwd()
    except OSError:
        return "one that was removed"


def _umask() -> int:
    mask = os.umask(0o077)  # there is no way only to look
    os.umask(mask)
    return mask


@dataclass
class State:
    """What is compared before and after a test."""

    descriptors: set[int]
    handlers: dict[int, object]
    timeout: float | None
    mask: set[int]
    directory: str
    umask: int
    environment: dict[Any, Any]
    limits: dict[str, tuple[int, int]]
    tracing: tuple[object, ...]
    timer: bool

    @classmethod
    def now(cls) -> State:
        """The state of this process."""
        return cls(
            descriptors(),
            _handlers(),
            socket.getdefaulttimeout(),
            {int(number) for number in plain_signal.pthread_sigmask(signal.SIG_BLOCK, ())},
            _directory(),
            _umask(),
            _environment._data.copy(),
            {name: resource.getrlimit(number) for name, number in LIMITS.items()},
            (sys.gettrace(), sys.getprofile(), threading._trace_hook, threading._profile_hook),  # type: ignore[attr-defined]
            any(signal.getitimer(signal.ITIMER_REAL)),
        )


def left_behind(
    before: State, recorder: Recorder, own_threads: set[threading.Thread], serving: bool, replaced: list[str]
) -> list[tuple[str, int, str]]:
    """Each thing that is not as it was, in words, with the line that made it (0 if unknown), and what holds for it.

    `own_threads` are the suite's, which may go on: they end with the process.
    If one was still `serving` when the test was over, it may hold descriptors.
    `replaced` are names that mean something else than before.
    """
    running: list[str] = []
    until = time.monotonic() + GRACE
    for thread in threading.enumerate():
        if thread in own_threads or isinstance(thread, threading._DummyThread):
            continue
        thread.join(max(0.0, until - time.monotonic()))
        if thread.is_alive():
            running.append(f"the thread {thread.name!r} is still running")
    if not (replaced or recorder.garbage or running) and _bare_threads(until):
        running.append("a thread that _thread started is still running")
    if not serving and descriptors() - before.descriptors:
        # What is in a cycle with an exception that was caught was left to the collector, and not kept.
        gc.collect()
    recorder.on = False
    after = State.now()
    found = [(f"{name} was replaced", 0, CHANGED) for name in replaced]
    for name, line in recorder.garbage:
        found.append((f"{name} was never closed: it was left to the garbage collector", line, OPENED))
    found += [(text, 0, OPENED) for text in running]
    for fd in sorted(after.descriptors - before.descriptors) if not serving else ():
        who, line = recorder.born.get(fd, ("", 0))
        found.append((f"{recorder.name_of(fd)} is still open", line if who == "you" else 0, OPENED))
    found += [(f"the child process {pid} is still there", 0, OPENED) for pid in processes.children()]
    changed = [f"fd {fd} was closed, and it was not yours" for fd in sorted(before.descriptors - after.descriptors)]
    for number, handler in after.handlers.items():
        if handler is not before.handlers.get(number):
            changed.append(f"the handler of {processes.signal_name(number)} was changed")
    if after.timeout != before.timeout:
        changed.append(f"the default timeout of all sockets is now {after.timeout}")
    if after.mask != before.mask:
        changed.append("the signal mask was changed")
    if after.directory != before.directory:
        changed.append(f"the working directory is now {after.directory}")
    if after.umask != before.umask:
        changed.append(f"the umask is now {after.umask:03o}")
    if after.environment != before.environment:
        changed.append("the environment was changed")
    changed += [f"{name} was changed" for name in LIMITS if after.limits[name] != before.limits[name]]
    if any(new is not old for new, old in zip(after.tracing, before.tracing, strict=True)):
        changed.append("a trace or profile function is still in place")
    if after.timer and not before.timer:
        changed.append("an alarm is still set")
    return found + [(text, 0, CHANGED) for text in changed]


def _bare_threads(until: float) -> bool:
    """Whether a thread is left that `threading` did not start; one that ends is seen for a moment longer."""
    while sys._current_frames().keys() - {
        thread.ident for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)
    }:
        if time.monotonic() > until:
            return True
        _pause.wait(0.0005)  # seconds between two looks
    return False
