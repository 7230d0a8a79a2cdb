"""Faults: one call on one kernel object ends in a way that the loopback does not bring about when a test wants it.

The kernel is brought to it, and the engine at most says another errno in its place: so what poll(), SO_ERROR, the
queues and edges tell agrees with the call. What a fault is about is found by its inode (fstat(2)), so a duplicate,
a number, another object on it and asyncio meet it as well. It meets the ways that the tape covers: an accept() or
recv() through ctypes meets only what the kernel itself does. Only the learner's calls are met.
"""

from dojo.suite.faults.accepting import before_accept, client_gone_before_accept, rival
from dojo.suite.faults.exhausted import accept_fails
from dojo.suite.faults.expected import raises_errno
from dojo.suite.faults.listening import listen_fails
from dojo.suite.faults.streams import (
    NARROW,
    before_each_read,
    break_off,
    refused_as,
    short_sends,
    squeezed,
    stale_report,
)

__all__ = [
    "NARROW", "accept_fails", "before_accept", "before_each_read", "break_off", "client_gone_before_accept",
    "listen_fails", "raises_errno", "refused_as", "rival", "short_sends", "squeezed", "stale_report",
]  # fmt: skip
