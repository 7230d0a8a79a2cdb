"""Answers that were put aside: a shelf for each kata of a side, and how a file comes on it and off again.

A learner's file is moved, not copied: a move cannot be cut short, and an editor that
has the file open writes into the copy. On the way it stands beside the answer, as
.<name>.<moment>.<digest>.aside; a command that is killed leaves it there, and the
next one finds it. The name says what was to be put in place: content with another
digest is what came out. Everything here is done by the holder of the lock.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path

from dojo.core import files, records, stubs
from dojo.core.places import BadInput, Kata, find_side, module_path

COPY = re.compile(r"[\d_-]+_(\d+)_([0-9a-f]{12})\.py")
ASIDE = re.compile(r"\.(?P<name>.+)\.(?P<moment>\d+)\.(?P<digest>[0-9a-f]{12})\.aside(\.\d+)?")
# A stub on the shelf is worth nothing once no editor can still have it open.
STUBS_FOR = 3600 * 10**9  # nanoseconds


@dataclass(frozen=True, order=True)
class Copy:
    """A file on the shelf. Their order is that of the moments, in nanoseconds, no two of which are the same."""

    moment: int
    digest: str
    path: Path

    def holds(self, data: bytes) -> bool:
        """Whether `data` is what was put aside; otherwise somebody has written into the copy since."""
        return digest(data) == self.digest

    @property
    def when(self) -> str:
        """The moment as people write it."""
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.moment // 10**9))


def digest(data: bytes) -> str:
    """The digest in a copy's name."""
    return hashlib.sha256(data).hexdigest()[:12]


def copy_name(moment: int, of: str) -> str:
    """The name of a copy: local time for people, nanoseconds for the order, the digest of its content."""
    return f"{time.strftime('%Y-%m-%d_%H-%M-%S', time.localtime(moment // 10**9))}_{moment}_{of}.py"


class Shelf:
    """What is put aside of one kata on one side, and the answer itself."""

    def __init__(self, kata: Kata, side: str) -> None:
        """Find the places; nothing is written yet."""
        self.kata = kata
        self.place = find_side(side)
        self.answer = module_path(self.place, kata)
        self.directory = (records.of_side(side) / "kept" / kata.path).with_suffix("")

    def copies(self) -> list[Copy]:
        """The copies, the newest first."""
        found = [(COPY.fullmatch(path.name), path) for path in self.directory.glob("*.py")]
        return sorted((Copy(int(name[1]), name[2], path) for name, path in found if name), reverse=True)

    def make(self) -> None:
        """Make the shelf; raises OSError."""
        records.made(self.place)
        self.directory.mkdir(parents=True, exist_ok=True)

    def tidy(self) -> None:
        """Put on the shelf what a command that was killed has left, and drop stubs from it; raises OSError."""
        for part in (*self.answer.parent.glob(f".{self.answer.name}.*.aside.*.part"), *self.directory.glob(".*.part")):
            part.unlink(missing_ok=True)
        for path in sorted(self.answer.parent.glob(f".{self.answer.name}.*")):
            found = ASIDE.fullmatch(path.name)
            if found and found["name"] == self.answer.name:
                self.make()
                self._settle(path, int(found["moment"]), found["digest"])
        for copy in self.copies():
            if copy.moment < time.time_ns() - STUBS_FOR:
                with contextlib.suppress(BadInput):
                    data = files.read(copy.path)
                    if data is not None and stubs.is_untouched(self.kata, data):
                        copy.path.unlink()

    def _settle(self, path: Path, moment: int, meant: str) -> None:
        """Put on the shelf what was left beside the answer."""
        with contextlib.suppress(BadInput):  # what cannot be read stays where it is
            data = files.read(path)
            if data is not None:
                # Content that fits the name was to be put in place and was not: a copy keeps its own moment.
                self._store(path, moment if digest(data) == meant else self._moment())

    def replace(self, data: bytes) -> list[Copy]:
        """Put `data` in the place of the answer; returns the copies of what was there, as it was put aside."""
        new = self._aside(self._moment(), data)
        mode = self.answer.stat().st_mode & 0o777 if self.answer.exists() else None
        files.write_whole(new, data, mode)
        return self._swap(new)

    def bring_back(self, copy: Copy, data: bytes) -> list[Copy]:
        """Put a copy, which holds `data`, in the place of the answer; returns the copies of what was there."""
        new = self._aside(copy.moment, data)
        moved = self._rename(copy.path, new)
        if not moved:
            files.write_whole(new, data)
        taken = self._swap(new)
        if not moved and files.read(copy.path) == data:
            copy.path.unlink()
        return taken

    def _swap(self, new: Path) -> list[Copy]:
        """Exchange the file with the answer, and put what comes out on the shelf."""
        self.answer.parent.mkdir(parents=True, exist_ok=True)
        try:
            taken = files.swap(new, self.answer)
        except OSError:
            with contextlib.suppress(OSError):
                self.tidy()  # a copy that was to be put in place is a copy again
            raise
        files.sync(self.answer.parent)
        return [self._store(path, self._moment()) for path in taken]

    def _store(self, path: Path, moment: int) -> Copy:
        """Move a file that stands beside the answer to the shelf. Raises OSError; the file is then where it was."""
        data = files.read(path)
        if data is None:
            raise FileNotFoundError(errno.ENOENT, "somebody else has removed it", str(path))
        if any(copy.moment == moment for copy in self.copies()):
            moment = self._moment()
        copy = Copy(moment, digest(data), self.directory / copy_name(moment, digest(data)))
        files.sync(path)  # an editor may have left that to the kernel
        if path.is_symlink() or not self._rename(path, copy.path):
            # What a link leads to is not ours to move; and a file cannot be moved to another file system.
            files.write_whole(copy.path, data)
            if path.is_symlink() or files.read(path) == data:
                path.unlink()
        files.sync(self.directory)
        return copy

    @staticmethod
    def _rename(path: Path, target: Path) -> bool:
        """Move a file to a name that is free; False if the two are on different file systems."""
        try:
            path.rename(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise OSError(error.errno, error.strerror, str(target)) from None
            return False
        return True

    def _moment(self) -> int:
        """Now, and later than every copy that is there, whatever has become of the clock."""
        return max([time.time_ns(), *(copy.moment + 1 for copy in self.copies())])

    def _aside(self, moment: int, data: bytes) -> Path:
        return self.answer.with_name(f".{self.answer.name}.{moment}.{digest(data)}.aside")
