"""The settings of a process that are plain values: a test leaves them as they were."""

from __future__ import annotations

import gc
import importlib
import locale
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from dojo.core.options import OPTIONS

# What the signal module wraps makes an enum member of each number, and takes twenty times as long.
plain_signal: Any = importlib.import_module("_signal")
# Not of descriptors: suites change that one themselves.
LIMITS = {name: getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")}
LIMITS = {name: number for name, number in LIMITS.items() if name not in ("RLIMIT_NOFILE", "RLIMIT_OFILE")}
TIMERS = {"an alarm": signal.ITIMER_REAL, "ITIMER_VIRTUAL": signal.ITIMER_VIRTUAL, "ITIMER_PROF": signal.ITIMER_PROF}
_environment: Any = os.environ


def _directory() -> str:
    try:
        return os.getcwd()
    except OSError:
        return "one that was removed"


def _umask() -> str:
    mask = os.umask(0o077)  # there is no way only to look
    os.umask(mask)
    return f"{mask:03o}"


# Their values are shown.
SHOWN: dict[str, Callable[[], Any]] = {
    "the default timeout of all sockets": socket.getdefaulttimeout,
    "the working directory": _directory,
    "the umask": _umask,
    "the locale": lambda: locale.setlocale(locale.LC_ALL),
    "the wakeup descriptor of signals": lambda: plain_signal.set_wakeup_fd(-1),  # nor here
    "the interval after which threads switch": sys.getswitchinterval,
    "the user": os.getuid,
    "the priority": lambda: os.getpriority(os.PRIO_PROCESS, 0),
    **{f"the {name}": get for name, get in OPTIONS.items()},
}
if hasattr(os, "sched_getaffinity"):
    SHOWN["the set of processors that may be used"] = lambda: os.sched_getaffinity(0)
    SHOWN["the scheduling policy"] = lambda: os.sched_getscheduler(0)
HIDDEN: dict[str, Callable[[], Any]] = {
    "the signal mask": lambda: {int(number) for number in plain_signal.pthread_sigmask(signal.SIG_BLOCK, ())},
    "the environment": lambda: _environment._data.copy(),
    "the garbage collector": lambda: (gc.isenabled(), gc.get_threshold(), gc.get_debug()),
}

Settings = dict[str, Any]


def settings() -> Settings:
    """The settings of this process that are plain values, by names that can be shown."""
    found = {name: get() for name, get in SHOWN.items()}
    found.update((name, get()) for name, get in HIDDEN.items())
    found.update((name, resource.getrlimit(number)) for name, number in LIMITS.items())
    found.update((name, any(plain_signal.getitimer(number))) for name, number in TIMERS.items())
    return found


def changed(before: Settings, after: Settings) -> list[str]:
    """What is not as it was, in words."""
    found = []
    for name, value in after.items():
        if value == before[name]:
            continue
        if name in SHOWN:
            found.append(f"{name} is now {value}")
        else:
            found.append(f"{name} is still set" if name in TIMERS else f"{name} was changed")
    return found
