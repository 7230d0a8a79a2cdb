"""What every test needs of the machine round it: looked at once, before any, so that no test is blamed for it."""

from __future__ import annotations

import os
import resource
import socket
import sys
import tempfile
from pathlib import Path

from dojo.core import processes
from dojo.core.places import BadInput

DESCRIPTORS_NEEDED = 128  # open at a time: kata 7.1 has the most connections
PROCESSES_NEEDED = 64  # and threads, of this user
FILE_SIZE_NEEDED = 1 << 24  # bytes: what a test prints, its stacks, and a record of coverage are files


def check() -> None:
    """Raise BadInput, in one line, for what is missing; soft limits that are too low are raised."""
    _raise_limit("RLIMIT_NOFILE", DESCRIPTORS_NEEDED, "open descriptors", f"ulimit -n {DESCRIPTORS_NEEDED}")
    _raise_limit("RLIMIT_FSIZE", FILE_SIZE_NEEDED, "bytes in a file", "ulimit -f unlimited")
    if os.geteuid() != 0:  # root may start as many as there can be
        _raise_limit("RLIMIT_NPROC", PROCESSES_NEEDED, "processes and threads", f"ulimit -u {PROCESSES_NEEDED}")
    try:
        tempfile.TemporaryFile().close()
    except OSError as error:
        raise BadInput(f"the tests need a temporary directory that can be written ({error.strerror})") from None
    if sys.platform == "linux" and not Path("/proc/self/stat").exists():
        raise BadInput("the tests need /proc, which is not mounted here: say mount -t proc proc /proc")
    try:
        os.close(processes.exit_descriptor(os.getpid()))
    except OSError as error:
        raise BadInput(f"the tests need pidfd_open(2), which fails here ({error.strerror}): is it filtered?") from None
    _reach_loopback()


def _raise_limit(name: str, need: int, what: str, remedy: str) -> None:
    """Raise a soft limit of setrlimit(2) to what is needed, where the hard one allows it."""
    number = getattr(resource, name)
    soft, hard = resource.getrlimit(number)
    if soft == resource.RLIM_INFINITY or soft >= need:
        return
    if hard != resource.RLIM_INFINITY and hard < need:
        raise BadInput(f"the tests need {need} {what} and this shell allows {soft}: say {remedy}")
    resource.setrlimit(number, (need, hard))


def _reach_loopback() -> None:
    """Raise BadInput where no connection to 127.0.0.1 can be made: all traffic of the tests is there."""
    with socket.socket() as listener, socket.socket() as client:
        try:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            client.settimeout(10)  # seconds: a filter may drop what is sent, and tell nobody
            client.connect(listener.getsockname())
        except OSError as error:
            raise BadInput(f"the tests need 127.0.0.1, which cannot be reached ({error}): is lo up?") from None
