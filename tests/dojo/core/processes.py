"""Processes, as the kernel tells of them: signals, children, threads, processor time.

What differs between systems is in here; most of it is Linux's proc(5).
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dojo.core.places import BadInput

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # prctl(2)
PIDFD_GETFD = 438  # on every machine
STACK_SIGNAL = (
    signal.SIGRTMAX - 1 if hasattr(signal, "SIGRTMAX") else signal.SIGUSR2
)  # whoever gets it writes down its stacks
PAGE = resource.getpagesize()
FDS = "/proc/self/fd" if Path("/proc/self/fd").is_dir() else "/dev/fd"

_poll = select.poll  # the real one, whatever takes its name later
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class NoProcess(BadInput):
    """The system starts no process any more."""


def fork() -> int:
    """As os.fork(); raises NoProcess where the user has as many processes as may be (setrlimit(2), RLIMIT_NPROC)."""
    try:
        return os.fork()
    except OSError as error:
        raise NoProcess(f"no process can be started ({error.strerror}): end some, or raise ulimit -u") from None


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Let the kernel send this process a signal when its parent ends; nothing where that is not offered."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of orphaned descendants, so that none can escape."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def give_memory_back() -> None:
    """Return to the kernel what was freed (malloc_trim(3)): a fork copies the table of every page that is mapped."""
    if _libc is not None and hasattr(_libc, "malloc_trim"):  # glibc has it
        _libc.malloc_trim(0)


def signal_name(number: int) -> str:
    """A signal by its name; most of the real-time signals have none (signal(7))."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def runs_python(pid: int) -> bool:
    """Whether a process still runs the program that this one runs: it may have become another (execve(2))."""
    try:
        return Path(f"/proc/{pid}/exe").readlink() == Path("/proc/self/exe").readlink()
    except OSError:
        return False


def threads(pid: int) -> list[tuple[int, str, float, float]]:
    """Of each thread of a process: its number, its state, seconds on a processor, and seconds in the queue for one.

    From stat and schedstat (proc(5)); empty where the system does not tell, or the process has ended.
    """
    found = []
    for task in sorted(Path(f"/proc/{pid}/task").glob("*"), key=lambda path: int(path.name)):
        try:
            state = task.joinpath("stat").read_text().rpartition(")")[2].split()[0]
            busy, queued, _ = task.joinpath("schedstat").read_text().split()
            found.append((int(task.name), state, int(busy) / 1e9, int(queued) / 1e9))
        except (OSError, ValueError, IndexError):  # it has just ended, or the kernel does not keep these
            continue
    return found


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


def copy_descriptor(pidfd: int, fd: int) -> int:
    """A copy of a descriptor of another process, whose pidfd this is: pidfd_getfd(2). The caller closes it.

    Raises OSError where the kernel, or a container, refuses.
    """
    copy = -1 if _libc is None else int(_libc.syscall(PIDFD_GETFD, pidfd, fd, 0))
    if copy < 0:
        raise OSError("pidfd_getfd() is refused")
    return copy


def poll_for(*descriptors: int) -> select.poll:
    """A poll object that waits for any of these to become readable."""
    poll = _poll()
    for fd in descriptors:
        poll.register(fd, select.POLLIN)
    return poll


def wait_for_end(pid: int, milliseconds: int) -> None:
    """Wait until a process has ended, so long at most."""
    try:
        ended = exit_descriptor(pid)
    except OSError:
        return
    poll_for(ended).poll(milliseconds)
    os.close(ended)


def close_others(*keep: int) -> None:
    """Close all descriptors but 0 to 2 and these, whatever their numbers: the shell's are among them."""
    for name in os.listdir(FDS):
        if (number := int(name)) > 2 and number not in keep:
            try:
                os.close(number)
            except OSError:  # the one that the list was made with
                pass


def progress(pid: int) -> tuple[str, int]:
    """The state of a process's main thread, and how often it has gone to sleep or was interrupted (proc(5), status).

    Nothing where the system does not tell, or the process has ended.
    """
    try:
        with open(f"/proc/{pid}/status") as file:
            found = dict(line.split(":", 1) for line in file)
        switches = int(found["voluntary_ctxt_switches"]) + int(found["nonvoluntary_ctxt_switches"])
        return found["State"].split()[0], switches
    except (OSError, KeyError, ValueError, IndexError):
        return "", 0


def descendants(of: Iterable[int], most: int | None = None) -> list[int]:
    """The children of these processes, theirs, and so on, nearest first; stops once there are more than `most`."""
    found = [child for pid in of for child in children(pid)]
    for pid in found:  # the list grows meanwhile
        if most is not None and len(found) > most:
            break
        found += children(pid)
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


def processor_time(pid: int) -> float:
    """Seconds that all threads of a process have run so far: schedstat (proc(5)), or ps(1) where there is none."""
    threads = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
    if threads:
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
    seconds = 0.0
    for part in _ps("time=", pid).split(":"):  # [hours:]minutes:seconds; nothing if the process has ended
        seconds = 60 * seconds + float(part or 0)
    return seconds


def resident(pid: int) -> int:
    """Bytes of a process that are resident: VmRSS (proc(5)), or ps(1); 0 if it has ended."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        found = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS:")]
        return 1024 * int(found[0]) if found else 0
    return 1024 * int(_ps("rss=", pid) or 0)


def _ps(column: str, pid: int) -> str:
    return subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True).stdout.strip()
