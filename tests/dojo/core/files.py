"""Files of a learner's: read with a bound, written whole or not at all, exchanged without a gap.

A save may come at any moment, from an editor that writes into the file or from one
that renames a new file into its place. So nothing here looks first and replaces
then: renameat2(2) with RENAME_EXCHANGE swaps two names in one step, and where it
does not exist the old file is moved away and the new one put only where no file is.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import stat
from collections.abc import Callable
from pathlib import Path

from dojo.core.places import BadInput, shown

LIMIT = 1 << 20  # bytes; no answer to a kata is that long
KINDS = {
    stat.S_IFIFO: "a FIFO",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a directory",
}
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # fcntl.h, linux/fs.h
TRIES = 100  # saves that may come between two steps, one after the other
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def read(path: Path) -> bytes | None:
    """The bytes of a regular file; None if there is no file.

    Raises BadInput for anything else (a FIFO would block, /dev/zero never ends), for
    more than LIMIT bytes, and for a file that cannot be read.
    """
    try:
        _check(path, path.stat())  # first: to open a FIFO would wake its writer
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            _check(path, os.fstat(file))
            data = b""
            while len(data) <= LIMIT and (more := os.read(file, LIMIT + 1 - len(data))):
                data += more
        finally:
            os.close(file)
    except FileNotFoundError:
        if path.is_symlink():
            raise BadInput(f"{shown(path)} cannot be read: it is a link that leads nowhere") from None
        return None
    except OSError as error:
        raise BadInput(f"{shown(path)} cannot be read: {error.strerror}") from None
    if len(data) > LIMIT:
        raise BadInput(f"{shown(path)} cannot be read: it is larger than 1 MiB")
    return data


def refusal(path: Path) -> str:
    """Why there is nothing to read at `path`, in words; empty if there is a plain file of a sensible size."""
    try:
        _check(path, path.stat())
    except FileNotFoundError:
        return f"{shown(path)} is not there any more"
    except OSError as error:
        return f"{shown(path)} cannot be read: {error.strerror}"
    except BadInput as error:
        return str(error)
    return ""


def _check(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = KINDS.get(stat.S_IFMT(found.st_mode), "something else")
        raise BadInput(f"{shown(path)} cannot be read: it is {kind}, not a regular file")
    if found.st_size > LIMIT:
        raise BadInput(f"{shown(path)} cannot be read: it is larger than 1 MiB")


def write_whole(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file beside `path`, sync it, and rename it into place: `path` never holds a part.

    `mode` are permission bits; without it the umask decides. Raises OSError with the
    path in it, and then leaves nothing behind.
    """
    part = path.with_name(f".{path.name.lstrip('.')}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(part, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                part.chmod(mode)
            part.rename(path)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def sync(path: Path) -> None:
    """Have a file or a directory written to the disk; where a file system cannot, it stays as sure as it is."""
    with contextlib.suppress(OSError):
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def swap(new: Path, place: Path) -> list[Path]:
    """Put the file `new` in `place`; returns where what was there is now, beside `place`.

    Whatever is saved meanwhile is either in `place` afterwards or among what is
    returned. Raises OSError if `place` cannot be written.
    """
    taken: list[Path] = []
    for number in range(TRIES):
        try:
            if exchange(new, place):
                return [*taken, new]
            away = new.with_name(f"{new.name}.{number}")
            place.rename(away)
            taken.append(away)
        except FileNotFoundError:
            if not new.exists():
                raise
        try:
            _put_where_nothing_is(new, place)
            return taken
        except FileExistsError:
            continue  # saved between the two steps: that is taken away as well
        except OSError:
            with contextlib.suppress(OSError, IndexError):
                _put_where_nothing_is(taken[-1], place)
            raise
    raise OSError(errno.EBUSY, "it is saved again and again", str(place))


def exchange(one: Path, other: Path) -> bool:
    """Exchange two files in one step; False where that does not exist."""
    renameat2 = _renameat2()
    if renameat2 is None:
        return False
    number = renameat2(os.fsencode(one), os.fsencode(other))
    if number in NO_EXCHANGE:
        return False
    if number:
        raise OSError(number, os.strerror(number), str(other))
    return True


@functools.cache
def _renameat2() -> Callable[[bytes, bytes], int] | None:
    """renameat2(2) as a function of two paths that returns an errno; None where the C library has none."""
    try:
        import ctypes  # only here: not every Python has it, and few commands exchange files

        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, AttributeError):
        return None

    def swapped(one: bytes, other: bytes) -> int:
        return ctypes.get_errno() if call(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) else 0

    return swapped


def _put_where_nothing_is(new: Path, place: Path) -> None:
    """Move a file to a name that is free; raises FileExistsError if it is not."""
    try:
        os.link(new, place)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        new.rename(place)  # a file system without links: the closest there is
        return
    new.unlink()
