"""What is kept between two commands, in .dojo: a directory for each side, and one lock.

    .dojo/version            the number of this layout
    .dojo/lock               held by whoever changes an answer or what is kept of it
    .dojo/sides/<key>/       of one side: `side` (its path), `marks`, `log`, `hints`, `kept`, `briefs`

A key is a readable name and a digest of the side's real path: two teams' directories
may have the same name.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from dojo.core import files
from dojo.core.places import ROOT, BadInput, find_side, shown

HOME = ROOT / ".dojo"
VERSION = 2  # 1 was the first edition's, which wrote no number
FIRST_EDITION = ("kept", "progress", "hints.json")  # what that one kept in .dojo
LOCK_SECONDS = 10.0  # seconds that a command waits for another one


def of_side(side: str) -> Path:
    """The directory of a side's records; it may not exist yet. Raises BadInput if there is no such side."""
    return HOME / "sides" / key_of(find_side(side))


def key_of(place: Path) -> str:
    """The name of a side's directory; a side inside the repository keeps it when the repository is moved."""
    path = place.resolve()
    if path.is_relative_to(ROOT.resolve()):
        path = path.relative_to(ROOT.resolve())
    name = re.sub(r"[^A-Za-z0-9.-]+", "_", str(path))[-40:].strip("._-")
    return f"{name}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}"


def made(place: Path) -> Path:
    """The directory of a side's records, made if need be; raises OSError where it cannot be."""
    directory = HOME / "sides" / key_of(place)
    if not (directory / "side").exists():
        directory.mkdir(parents=True, exist_ok=True)
        mark_version()
        files.write_whole(directory / "side", os.fsencode(place.resolve()) + b"\n")
    return directory


def version() -> int | None:
    """The number of the layout that is there; None if there is none yet, or the first edition's."""
    try:
        return int((files.read(HOME / "version") or b"").strip() or b"0") or None
    except ValueError:
        raise BadInput(f"{shown(HOME / 'version')} holds no number: move .dojo away") from None


def of_another_edition() -> bool:
    """Whether something is there that another edition has written."""
    return version() not in (None, VERSION) or any((HOME / name).exists() for name in FIRST_EDITION)


def mark_version() -> None:
    """Write the number of this layout, once; raises OSError where nothing can be written."""
    if not (HOME / "version").exists():
        files.write_whole(HOME / "version", f"{VERSION}\n".encode())


@contextlib.contextmanager
def locked(doing: str) -> Iterator[None]:
    """Hold .dojo/lock, so that one command alone changes answers and copies of them.

    `doing` is what those who wait are told. Raises BadInput after WAIT seconds, and
    where there can be no lock.
    """
    path = HOME / "lock"
    try:
        HOME.mkdir(exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise BadInput(f"{shown(path)} cannot be written: {error.strerror}; nothing was changed") from None
    try:
        try:
            take(file, LOCK_SECONDS)
        except TimeoutError:
            holder = os.pread(file, 200, 0).decode(errors="replace").strip()
            raise BadInput(
                f"waited {LOCK_SECONDS:.0f} s for {holder or 'another command'}, "
                f"which holds {shown(path)}; nothing was changed"
            ) from None
        except OSError as error:
            raise BadInput(f"{shown(path)} cannot be locked: {error.strerror}; nothing was changed") from None
        with contextlib.suppress(OSError):  # a full disk: it is held all the same
            os.ftruncate(file, 0)
            os.pwrite(file, f"process {os.getpid()} ({doing})".encode(), 0)
        yield
    finally:
        os.close(file)  # and with it the lock


def take(file: int, limit: float) -> None:
    """Lock an open file, waiting at most `limit` seconds; raises TimeoutError then.

    flock(2) knows no limit: a signal ends the wait. Only for the main thread.
    """
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return

    def over(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before or signal.SIG_DFL)
