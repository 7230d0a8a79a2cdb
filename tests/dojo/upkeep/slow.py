"""As on a slow machine: a tenth of a processor, where a control group can be made, and else what scheduling offers."""

from __future__ import annotations

import contextlib
import functools
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

PERIOD, QUOTA = 100_000, 10_000  # microseconds: so much of each period it may run (cgroups(7), cpu)
# Where groups are, and what to write to which file of one: version 1, then version 2.
KINDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/sys/fs/cgroup/cpu", {"cpu.cfs_period_us": str(PERIOD), "cpu.cfs_quota_us": str(QUOTA)}),
    ("/sys/fs/cgroup", {"cpu.max": f"{QUOTA} {PERIOD}"}),
)


@contextlib.contextmanager
def slowly() -> Iterator[tuple[str, Callable[[], None]]]:
    """How slow it is, in words, and what makes the process that calls it so, with all that it starts."""
    for place, settings in KINDS:
        group = Path(place) / f"dojo-{uuid.uuid4().hex}"
        try:
            group.mkdir()
        except OSError:  # there are none here, or they are not ours to make
            continue
        try:
            if all((group / name).exists() for name in settings):
                for name, value in settings.items():
                    (group / name).write_text(value)
                yield "a tenth of a processor", functools.partial(_enter, group)
                return
        finally:
            with contextlib.suppress(OSError):
                group.rmdir()
    yield "slow scheduling", _slow_down


def _enter(group: Path) -> None:
    (group / "cgroup.procs").write_text(str(os.getpid()))


def _slow_down() -> None:
    """The lowest priority but for the idle class (nice(2)), and one processor (sched_setaffinity(2), Linux only)."""
    os.nice(10)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
