"""A fault of accept() that lasts for a block, and is told if no call has met it."""

from __future__ import annotations

import socket
from types import TracebackType
from typing import Any

from dojo.sandbox import child
from dojo.sandbox.findings import Finding
from dojo.suite.faults import met
from dojo.suite.faults.met import AtTheDoor
from dojo.suite.observers import accept_queue, asleep_in


def _instead() -> str:
    """What the learner's code does, in place of the call that a fault waits for."""
    sleeping = [call for call in child.here.recorder.calls if call.who == "you" and asleep_in(call)]
    return f"{sleeping[-1].text} waits, at line {sleeping[-1].line}" if sleeping else "no such call"


class Block(AtTheDoor):
    """It lasts for a block, and is told if no call has met it."""

    NOT_MET = ""  # completes "not exercised: ..."

    def __init__(self, listener: socket.socket) -> None:
        super().__init__()
        self._listener = listener
        self._inode = 0

    def __enter__(self) -> Any:
        met.begin()
        self._inode = met.inode(self._listener.fileno())
        met.doors[self._inode] = (*met.doors.get(self._inode, ()), self)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        met.doors[self._inode] = tuple(fault for fault in met.doors[self._inode] if fault is not self)
        # Code that does not get as far as the fault is judged by what the suite finds.
        if not self._exercised() and (error is None or (isinstance(error, Finding) and self._went_round())):
            words = f"not exercised: {self.NOT_MET}, and no accept() of your code met it"
            raise Finding(words, "your code calls accept() on the listener", _instead())

    def _exercised(self) -> bool:
        return bool(self.fired)

    def _went_round(self) -> bool:
        """Whether nobody is in the queue any more, and the tape knows of no accept()."""
        try:
            return not self.seen and not accept_queue(self._listener)[0]
        except (OSError, AttributeError):  # it was closed; it has no such queue; not on Linux
            return False
