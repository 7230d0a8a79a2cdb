"""What the kernel knows of the threads of this process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dojo.tape.call import Call

FUTEX = {"x86_64": "202", "aarch64": "98"}


def state(task: Path) -> str:
    """The state letter of a process or thread by its directory in /proc (proc(5)): S sleeps, Z is a zombie.

    Raises OSError when it is gone.
    """
    return task.joinpath("stat").read_text().rpartition(")")[2].split()[0]


def sleeps(thread: int) -> bool:
    """Whether a thread of this process, by its native id, sleeps in the kernel and not for the interpreter lock.

    Without /proc the answer is yes: the tape then is the only witness.
    """
    task = Path(f"/proc/self/task/{thread}")
    try:
        if state(task) != "S":
            return False
        return task.joinpath("syscall").read_text().split()[0] not in (FUTEX.get(os.uname().machine), "running")
    except PermissionError:  # some containers hide the system call: the state has to do
        return True
    except OSError:  # the thread has just ended, or there is no /proc
        return sys.platform != "linux"


def asleep_in(call: Call) -> bool:
    """Whether a call is under way, and its thread sleeps in the kernel."""
    # Asked twice: it may end, and the thread fall asleep in the next one, between the two looks.
    return call.ended is None and sleeps(call.thread) and call.ended is None


def run_time(thread: int) -> int:
    """Nanoseconds that a thread of this process has run so far: schedstat (proc(5)); Linux only."""
    return int(Path(f"/proc/self/task/{thread}/schedstat").read_text().split()[0])
