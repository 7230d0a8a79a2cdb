"""The memory that processes keep in use: what they have mapped, and what the kernel keeps for their descriptors."""

from __future__ import annotations

import array
import fcntl
import functools
import os
import re
import stat
import termios
from pathlib import Path

from dojo.core.processes import PAGE

MANY = 64  # descriptors of all of them, above which what is in their pipes counts too


def taken(pids: list[int], limit: int) -> int:
    """Bytes of memory that these processes keep in use together; 0 where the system does not tell.

    What they share counts once, if the plain sum is above `limit`: to tell takes longer.
    """
    mapped = sum(map(_mapped, pids))
    kept = _kept([place for pid in pids for place in _descriptors(pid)])
    if mapped + kept <= limit:
        return mapped + kept
    shares = list(map(_share, pids))
    # A file in memory may be mapped, be open, or both.
    return sum(own for own, _ in shares) + max(kept, sum(shared for _, shared in shares))


def count_descriptors(pids: list[int]) -> int:
    """How many descriptors these processes have open."""
    return sum(len(_descriptors(pid)) for pid in pids)


def _mapped(pid: int) -> int:
    """What is mapped and in memory: proc(5), statm."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):  # it has just ended, or this is not Linux
        return 0


def _share(pid: int) -> tuple[int, int]:
    """A process's share of it, and of that what is in files that lie in memory: proc(5), smaps_rollup."""
    try:
        found = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0, 0
    share, files = (
        int(line[1]) * 1024 if (line := re.search(rf"^{name}: +(\d+)", found, re.MULTILINE)) else 0
        for name in ("Pss", "Pss_Shmem")
    )
    return share - files, files


def _descriptors(pid: int) -> list[str]:
    try:
        return [f"/proc/{pid}/fd/{number}" for number in os.listdir(f"/proc/{pid}/fd")]
    except OSError:
        return []


def _kept(descriptors: list[str]) -> int:
    """Bytes in files that lie in memory (memfd_create(2), /dev/shm), and in pipes, each of them once."""
    found, pipes = dict[int, int](), dict[int, str]()
    for place in descriptors:
        try:
            status = os.stat(place)
            if stat.S_ISREG(status.st_mode) and status.st_dev in _in_memory():
                found[status.st_ino] = status.st_blocks * 512
            elif stat.S_ISFIFO(status.st_mode) and os.lstat(place).st_mode & stat.S_IRUSR:
                pipes[status.st_ino] = place
        except OSError:  # closed meanwhile
            continue
    # To open a pipe once more is to read from it, for the moment that it takes: not where there are few.
    return sum(found.values()) + (sum(map(_in_pipe, pipes.values())) if len(descriptors) > MANY else 0)


def _in_pipe(place: str) -> int:
    """Bytes that wait in a pipe: ioctl(2), FIONREAD."""
    waiting = array.array("i", [0])
    try:
        pipe = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        fcntl.ioctl(pipe, termios.FIONREAD, waiting)
    except OSError:
        pass
    finally:
        os.close(pipe)
    return waiting[0]


@functools.cache
def _in_memory() -> set[int]:
    """The devices of files that lie in memory."""
    found = set()
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("dojo")
        found.add(os.fstat(file).st_dev)
        os.close(file)
    if (shared := Path("/dev/shm")).is_dir():
        found.add(shared.stat().st_dev)
    return found
