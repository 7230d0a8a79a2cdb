"""End what a test has started, and reap it: all are killed first, then reaped, and no wait is without a limit.

Who is killed forks no more. Who is traced by another process can be reaped only when that
one has ended, so that one after the other might wait for ever.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from dojo.core import processes

REAP_PAUSE = 10  # milliseconds between two looks at those that were killed and are still there
UNCHANGED_LOOKS = 200  # such looks at which nothing has changed: whoever is there now is given up

given_up: set[int] = set()  # what could not be ended: of another user, or traced by a process that is not ours


@dataclass
class Buried:
    """What there was to end."""

    killed: set[int] = field(default_factory=set)  # processes that ran until then
    kept: set[int] = field(default_factory=set)  # those that could not be ended
    statuses: dict[int, int] = field(default_factory=dict)  # of this process's children, as waitpid(2) gives them


def bury(keep: Collection[int] = ()) -> Buried:
    """End and reap all that descends from this process, but not `keep`, nor what these have started."""
    buried, seen, still, empty = Buried(), set[int](), 0, 0
    spare = groups((os.getpid(), *keep))
    while _has_children() and empty < 2:
        before = len(buried.statuses)
        for pid in processes.children(os.getpid()):
            if pid not in keep:
                send(pid, signal.SIGKILL, spare)
        there = reap(keep, buried)
        there = [pid for pid in (*there, *processes.descendants(there)) if pid not in given_up]
        refused = {pid for pid in there if not send(pid, signal.SIGKILL, spare)}
        buried.kept |= refused
        given_up.update(refused)
        # Who is killed and still runs gives back what it had: that takes its time, as much as there was.
        ending = any(processes.progress(pid)[0] == "R" for pid in there)
        changed = len(buried.statuses) > before or bool(set(there) - seen) or ending
        empty = 0 if there or changed else empty + 1  # a list may miss who becomes our child while it is made
        still = 0 if changed else still + 1
        seen.update(there)
        if still == UNCHANGED_LOOKS:
            buried.kept.update(there)
            given_up.update(there)
        elif still == 1 and there:
            processes.wait_for_end(there[0], REAP_PAUSE)
        elif still and there:
            processes.poll_for().poll(REAP_PAUSE)  # a process that is traced has ended, and cannot be reaped
    return buried


def reap(keep: Collection[int] = (), buried: Buried | None = None) -> list[int]:
    """Reap the children that have ended, but not `keep`; those that have not."""
    return [pid for pid in processes.children(os.getpid()) if pid not in keep and not _reap(pid, buried)]


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def groups(pids: Iterable[int]) -> set[int]:
    """The process groups of these processes."""
    found = set()
    for pid in pids:
        try:
            found.add(os.getpgid(pid))
        except ProcessLookupError:
            continue
    return found


def send(pid: int, number: int, spare: Collection[int]) -> bool:
    """Send a signal to a process and to all of its group, unless that is one of those to spare; False if it is refused.

    The kernel signals a group in one step: no member can fork and end meanwhile.
    """
    try:
        group = os.getpgid(pid)
        if group not in spare:
            os.killpg(group, number)
        os.kill(pid, number)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return True


def _reap(pid: int, buried: Buried | None) -> bool:
    try:
        reaped, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return True
    late = pid in given_up  # perhaps by an earlier test, which has had its verdict
    if reaped:
        given_up.discard(pid)
    if reaped and buried is not None:
        buried.statuses[pid] = status
        # One that had ended by itself was nobody's to wait for any more.
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and not late:
            buried.killed.add(pid)
    return bool(reaped)
