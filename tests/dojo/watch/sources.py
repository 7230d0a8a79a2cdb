"""What wakes `make watch` beside its keys: signals, and the process that tells of saves. Each is a descriptor."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from dojo.core.start import command

QUIT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
OURS = (*QUIT, signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT)


@contextlib.contextmanager
def signals() -> Iterator[tuple[int, int]]:
    """A descriptor that gives the number of each signal that has come, and its other end."""
    woken, writer = os.pipe()
    for fd in (woken, writer):
        os.set_blocking(fd, False)
    before = {number: signal.signal(number, lambda *_: None) for number in OURS}
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield woken, writer
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(woken)
        os.close(writer)


@contextlib.contextmanager
def file_events(directories: Iterable[Path]) -> Iterator[tuple[int, int]]:
    """A descriptor that tells which files in these directories change, and the one whose end ends that."""
    teller = subprocess.Popen(
        command("dojo.watch.file_events", *map(str, sorted(directories))),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert teller.stdin is not None and teller.stdout is not None
    try:
        yield teller.stdout.fileno(), teller.stdin.fileno()
    finally:
        teller.stdin.close()
        teller.wait()
        teller.stdout.close()
