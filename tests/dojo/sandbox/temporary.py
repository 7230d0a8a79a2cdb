"""A temporary directory of its own for each test: what is left in it is told, and removed.

Files that a test makes elsewhere, in /dev/shm or by a whole path, are not found: other tests run
beside it, and nothing says whose they are.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from dojo.core import processes

REMOVAL_PAUSE = 50  # milliseconds between two looks at a removal: whoever watches this process sees that it gets on
_room: Path | None = None  # where those of this process's tests lie
_made = 0


def make_room() -> Path:
    """A directory for the tests of one process that judges; whoever makes it also removes it."""
    return Path(tempfile.mkdtemp(prefix="dojo-"))


def use(room: Path) -> None:
    """Let this process's tests have theirs in a room."""
    global _room
    _room = room


def make() -> Path | None:
    """A directory for one test; None if this process has no room."""
    global _made
    if _room is None:
        return None
    _made += 1
    directory = _room / str(_made)
    directory.mkdir(mode=0o700)
    return directory


def enter(directory: Path | None) -> None:
    """Let it be this process's own: what tempfile.gettempdir() returns, and what is started finds in TMPDIR."""
    if directory is not None:
        os.environ["TMPDIR"] = tempfile.tempdir = str(directory)


def remove(directory: Path | None) -> list[str]:
    """Remove it with all that is in it; the names of what was."""
    if directory is None:
        return []
    try:
        names = sorted(os.listdir(directory))
    except OSError:  # removed already, or no directory any more
        names = []
    try:
        directory.rmdir()
    except FileNotFoundError:
        pass
    except OSError:  # as deep as it may be: shutil.rmtree() gives up where its recursion ends
        removal = subprocess.Popen(["rm", "-rf", "--", directory], stderr=subprocess.DEVNULL)
        while removal.poll() is None:
            processes.poll_for().poll(REMOVAL_PAUSE)
    return names
