"""What differs between systems: process bookkeeping that Linux offers and others lack."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
from typing import Any

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # prctl(2)
STACK_SIGNAL = (
    signal.SIGRTMAX - 1 if hasattr(signal, "SIGRTMAX") else signal.SIGUSR2
)  # whoever gets it writes down its stacks

_poll = select.poll  # the real one, whatever takes its name later
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Let the kernel end this process when its parent ends; nothing where that is not offered."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of orphaned descendants, so that none can escape."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def signal_thread(pid: int, thread: int, number: int) -> None:
    """Send a signal to one thread of a process: tgkill(2); to the process where that is not offered.

    Raises ProcessLookupError when there is no such thread any more.
    """
    if _libc is None or not hasattr(_libc, "tgkill"):
        os.kill(pid, number)
    elif _libc.tgkill(pid, thread, number):
        raise ProcessLookupError


def exit_descriptor(pid: int) -> int:
    """A descriptor that is readable once the child `pid` has ended; the caller closes it."""
    if hasattr(os, "pidfd_open"):
        return os.pidfd_open(pid)
    bsd: Any = select
    queue = bsd.kqueue()
    queue.control([bsd.kevent(pid, bsd.KQ_FILTER_PROC, bsd.KQ_EV_ADD, bsd.KQ_NOTE_EXIT)], 0)
    number = os.dup(queue.fileno())
    queue.close()
    return number


def poll_for(*descriptors: int) -> select.poll:
    """A poll object that waits for any of these to become readable."""
    poll = _poll()
    for fd in descriptors:
        poll.register(fd, select.POLLIN)
    return poll
