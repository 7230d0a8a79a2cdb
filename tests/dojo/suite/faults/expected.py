"""The error that a suite expects, which may be one that it has planned."""

from __future__ import annotations

import errno
import os
import select
from types import TracebackType

import pytest

from dojo.sandbox.findings import Finding, describe
from dojo.sandbox.loader import CannotStart
from dojo.suite.faults import met
from dojo.suite.observers import readiness
from dojo.tape.wording import error_name

# What is told in another way: the answer is not written, cannot be called, or the suite itself has found something.
UNUSABLE = (Finding, NotImplementedError, AssertionError, AttributeError, TypeError, CannotStart)


class raises_errno:
    """The block must raise an OSError with one of these errno names, or an exception of that class name.

    `words` say what it means when nothing, or something else, is raised; `other`, if there is any, the latter.
    Skips the test where break_off() has planned one of these names, and the reset came in a call off the tape.
    """

    # No generator with @contextmanager: from Python 3.12 on its frame would be in a cycle with the exception, and
    # keep open what the code has left to the frames that the exception has passed.

    def __init__(self, *names: str, words: str = "", other: str = "") -> None:
        self._names, self._words, self._other = names, words, other or words

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        wanted = " or ".join(self._names)
        if error is None:
            raise Finding(self._words or "no error was raised", f"{wanted} should be raised", "nothing was raised")
        if error_name(error) in self._names or type(error).__name__ in self._names:
            return True
        if isinstance(error, UNUSABLE) or not isinstance(error, Exception):
            return False
        if not isinstance(error, (OSError, ValueError)):
            words = "your code raised another exception than that of the call that failed"
            got = f"your code raised {describe(error)}"
            raise Finding(words, f"{wanted} should be raised", got).with_traceback(trace) from error
        if error_name(error) == "ECONNRESET" and (planned := self._planned()):
            pytest.skip(f"not exercised: your code calls the kernel where {planned} cannot take the place of a reset")
        raise Finding(
            self._other or "the wrong error was raised", f"{wanted} should be raised", describe(error)
        ) from error

    def _planned(self) -> str:
        """Which of the names a connection was to fail with, whose end the kernel itself has told to the learner."""
        untold = {errno.errorcode[code] for inode, code in met.broken.items() if _told_off_the_tape(inode)}
        return next((name for name in self._names if name in untold), "")


def _told_off_the_tape(inode: int) -> bool:
    """Whether the kernel's own error is gone, and no call on the tape has told it: poll() would still report it."""
    numbers = [number for number in map(int, os.listdir("/proc/self/fd")) if met.inode(number) == inode]
    return inode not in met.reported and not any(readiness(number, 0) & select.POLLERR for number in numbers)
