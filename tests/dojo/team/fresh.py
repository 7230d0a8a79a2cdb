"""`make fresh`: what a group has left in .dojo is archived, and the next one finds no mark, hint or kept copy.

Nothing is copied and then deleted: each directory is moved into the archive in one step
(rename(2)), with what somebody may write into it at that moment. Whatever comes between
two steps, a directory is in its place or in an archive, whole; the next `make fresh`
takes what is left. Answers lie on their sides, which nothing here touches.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import time
from pathlib import Path

from dojo.core import files, records, stubs
from dojo.core.places import BadInput, all_katas, find_side, module_path, shown
from dojo.core.screen import write

# What a group has left: marks, hints, logs and kept copies; what the board has collected; what make judge has written.
LEFT = ("sides", "session", "judge")
LOCKS = {"session/.log": "a board", "judge/lock": "make judge"}  # held while somebody writes there
UNITS = ("bytes", "KiB", "MiB", "GiB")


def run(wanted: str, side: str) -> int:
    """Archive and clear; says where the archive is, how large, and how to delete it. Raises BadInput."""
    if wanted or side != "katas":
        raise BadInput("make fresh is for everything that was kept here: it takes neither K= nor SIDE=")
    with records.locked("make fresh"):
        there = [name for name in LEFT if os.path.lexists(records.HOME / name)]
        for name, who in LOCKS.items():
            if _is_held(records.HOME / name):
                raise BadInput(
                    f"{who} is at work on {shown((records.HOME / name).parent)}: end that first (a board: Ctrl-C, or e)"
                )
        archive = _archive(there) if there else None
    begun = sum(stubs.is_begun(kata, module_path(find_side("katas"), kata)) for kata in all_katas())
    lines = ["nothing was kept: there is nothing to archive"]
    if archive is not None:
        lines = [
            f"archived in {shown(archive)}: {_size(archive)}",
            f"to delete it: rm -r {shlex.quote(shown(archive))}",
            "marks, hints, logs and kept copies are cleared",
        ]
    if begun:
        what = "1 kata is" if begun == 1 else f"{begun} katas are"
        lines.append(f"katas/ was not touched: {what} begun there, and make reset puts that aside")
    write(lines)
    return 0


def _archive(names: list[str]) -> Path:
    """Move what is there to a directory of its own. Raises BadInput; then what was not moved is where it was."""
    now = time.strftime("%Y-%m-%d_%H-%M-%S")
    try:
        (records.HOME / "archive").mkdir(exist_ok=True)
        archive = next(path for number in range(1000) if not (path := _place(now, number)).exists())
        archive.mkdir()
        for name in names:
            (records.HOME / name).rename(archive / name)
        for directory in (archive, archive.parent, records.HOME):
            files.sync(directory)
    except OSError as error:
        failed = error.filename2 or error.filename
        raise BadInput(f"{shown(failed)} cannot be written: {error.strerror}; nothing is lost") from None
    return archive


def _place(now: str, number: int) -> Path:
    return records.HOME / "archive" / (f"{now}_{number}" if number else now)


def _is_held(lock: Path) -> bool:
    """Whether another process has locked a file (flock(2)); a file that is not there is free."""
    try:
        file = os.open(lock, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _size(archive: Path) -> str:
    """How many files there are, and how large they are together."""
    sizes = [path.lstat().st_size for path in archive.rglob("*") if not path.is_dir()]
    size, unit = float(sum(sizes)), 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{len(sizes)} file{'s' * (len(sizes) != 1)}, {size:.{min(unit, 1)}f} {UNITS[unit]}"
