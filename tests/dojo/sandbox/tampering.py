"""Names that decide verdicts: an answer that replaces them does not pass.

Everybody in the process uses them, the suite and the engine too. Only some are
looked at, those that people replace: to look at a name costs time in each test.
"""

from __future__ import annotations

import builtins
import os
import select
import signal
import socket
import sys
import threading
import time
from typing import Any

from dojo.sandbox import leftovers
from dojo.tape.query import Tape

NAMES: dict[Any, str] = {
    builtins: "len isinstance print repr str int list dict set tuple bytes open range sorted min max sum any all iter "
    "next type getattr setattr hasattr id hash map zip enumerate super object Exception BaseException AssertionError "
    "OSError BlockingIOError __import__",
    os: "_exit fork kill getpid close read write dup",
    leftovers: "left_behind",
    Tape: "calls count waits order",
    select: "select poll epoll",
    signal: "signal",
    socket: "socket create_connection socketpair",
    socket.socket: "accept _accept recv send sendall connect bind listen close fileno setblocking settimeout __init__",
    sys: "exit _getframe settrace",
    threading: "Thread Event Lock",
    time: "sleep monotonic time perf_counter perf_counter_ns",
}
MODULES = ("builtins", "os", "select", "signal", "socket", "sys", "threading", "time")

_set = setattr
_kept: list[tuple[Any, str, Any]] = []
_modules: list[tuple[str, Any]] = []


def keep() -> None:
    """Take down what these names mean; done once, before the first fork, when the tape is in place."""
    for owner, names in NAMES.items():
        _kept.extend((owner, name, vars(owner)[name]) for name in names.split() if name in vars(owner))
    _modules.extend((name, sys.modules[name]) for name in MODULES)


def put_back() -> list[str]:
    """Give every name its meaning back; the names that had another one. Uses no name before it is looked at."""
    found = []
    modules = sys.modules
    for name, module in _modules:
        if modules.get(name) is not module:
            modules[name] = module
            found.append(f"the module {name}")
    for owner, name, value in _kept:
        if owner.__dict__.get(name) is not value:
            _set(owner, name, value)
            found.append(f"{owner.__name__}.{name}".removeprefix("builtins."))
    return found
