"""Where a suite's faults meet the learner's calls: see dojo.suite.faults. Here each of them does nothing."""

from __future__ import annotations

from typing import Any


class Faults:
    """What happens round a call of the learner's; peers' calls are left alone."""

    def before(self, name: str, fd: int, line: int, may_wait: bool) -> None:
        """The call `name` on this descriptor is about to be made, and the kernel has not been asked anything yet."""

    def room(self, fd: int) -> int:
        """How many bytes a call that sends on this descriptor may take; -1 for as many as the kernel takes."""
        return -1

    def sent(self, fd: int) -> None:
        """It was given more than room(), and took so many; the rest, if it has one, is still to come."""

    def accepted(self, fd: int, number: int, address: Any) -> int:
        """accept() on `fd` has handed out `number`: the errno with which it ends all the same, or 0."""
        return 0

    def told(self, name: str, fd: int, code: int) -> int:
        """The errno that the code under test sees where the kernel said `code`; SO_ERROR's value too."""
        return code

    def ended(self, name: str, fd: int) -> None:
        """The call has ended, with a result or an error."""
