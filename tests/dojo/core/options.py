"""Options of this process that the kernel keeps and Python has no function for: personality(2), prctl(2)."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

ONLY_LOOK = 0xFFFFFFFF  # as a personality
PR_GET_DUMPABLE, PR_GET_TIMERSLACK, PR_GET_NO_NEW_PRIVS = 3, 30, 39

OPTIONS: dict[str, Callable[[], int]] = {}  # each by what reports call it
if sys.platform == "linux":
    _libc = ctypes.CDLL(None)
    OPTIONS["personality of the process"] = lambda: _libc.personality(ONLY_LOOK)
    OPTIONS["timer slack of the process, in nanoseconds,"] = lambda: _libc.prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0)
    OPTIONS["flag that lets the process be dumped"] = lambda: _libc.prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)
    OPTIONS["flag against new privileges"] = lambda: _libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)
