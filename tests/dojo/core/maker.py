"""The end of a run from outside: by SIGTERM, and with the make that started it, which may be killed itself."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from dojo.core import processes

NAMES = ("make", "gmake")
FAR = 4  # generations: make, a shell or two, this process


def end_as_after_ctrl_c() -> None:
    """Let the first SIGTERM be a KeyboardInterrupt, so that what was started is ended too; there may be several."""
    signal.signal(signal.SIGTERM, _terminated)


def _terminated(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def end_with_make() -> None:
    """Have SIGTERM sent to this process when the make that started it ends, if one did; only Linux offers that."""
    if "MAKELEVEL" not in os.environ or sys.platform != "linux":
        return
    parent = os.getppid()
    processes.die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:  # it has just ended
        os.kill(os.getpid(), signal.SIGTERM)
    make = _make(parent)
    if make not in (0, parent) and os.fork() == 0:
        _guard(make)


def _make(pid: int) -> int:
    """The nearest make, from a process upwards; 0 if there is none near."""
    for _ in range(FAR):
        try:
            name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition(" (")[2].rpartition(") ")
            if name in NAMES:
                return pid
            pid = int(rest.split()[1])
        except (OSError, ValueError, IndexError):
            break
    return 0


def _guard(make: int) -> NoReturn:
    """The process that waits for the end of make, and tells its parent; it ends with that one."""
    try:
        parent = os.getppid()
        os.setsid()
        processes.die_with_parent()
        ended = processes.exit_descriptor(make)
        null = os.open(os.devnull, os.O_RDWR)
        for fd in range(3):
            os.dup2(null, fd)
        processes.close_others(ended)
        processes.poll_for(ended).poll()
        if os.getppid() == parent:
            os.kill(parent, signal.SIGTERM)
    finally:
        os._exit(0)
