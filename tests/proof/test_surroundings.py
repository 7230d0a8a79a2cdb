"""What the machine round a test lacks is told as that, in one line, before any test: no answer is blamed for it."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.core.environment import environment
from dojo.core.places import BadInput
from dojo.sandbox import surroundings

# A shell command that takes something away from what is run after it, and what is said then.
LIMITS = {
    "descriptors": ("ulimit -n 64", "128 open descriptors and this shell allows 64: say ulimit -n 128"),
    "file size": ("ulimit -f 0", "16777216 bytes in a file and this shell allows 0: say ulimit -f unlimited"),
}
READ_ONLY = (
    'for place in /tmp /var/tmp /usr/tmp "$PWD"; do [ ! -d "$place" ] || '
    '{ mount --bind "$place" "$place" && mount -o remount,ro,bind "$place"; }; done; cd "$PWD"'
)
NAMESPACES = {
    "proc": ("mount -t tmpfs none /proc", "need /proc, which is not mounted here"),
    "loopback": ("true", "need 127.0.0.1, which cannot be reached"),
    "temporary directory": (READ_ONLY, "need a temporary directory that can be written"),
}


def told(clone: Path, command: str, before: str, under: tuple[str, ...] = ()) -> list[str]:
    """The lines that are said where `before` was done first; nothing but the refusal may be among them."""
    words = f"'{sys.executable}' tests/dojo/core/start.py dojo {command}"
    ran = subprocess.run(
        [*under, "bash", "-c", f"{before}; exec {words}"],
        cwd=clone,
        env=environment() | {"K": "2.1", "SIDE": "solutions"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode not in (0, 1, 3), ran.stdout + ran.stderr
    return [line for line in (ran.stdout + ran.stderr).splitlines() if line]


@pytest.mark.parametrize("command", ["test", "hint"])
@pytest.mark.parametrize("lack", LIMITS)
def test_a_limit_of_the_shell(clone: Path, command: str, lack: str) -> None:
    before, words = LIMITS[lack]
    lines = told(clone, command, before)
    assert len(lines) == 1 and words in lines[0], lines


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
@pytest.mark.parametrize("lack", NAMESPACES)
def test_a_part_of_the_system(clone: Path, lack: str) -> None:
    own = ("-rmn", "-mn") if lack == "loopback" else ("-rm", "-m")
    found = [way for way in own if shutil.which("unshare") and not subprocess.run(["unshare", way, "true"]).returncode]
    if not found:
        pytest.skip("no namespace can be made here, in which something is missing")
    before, words = NAMESPACES[lack]
    lines = told(clone, "test", before, ("unshare", found[-1]))
    assert len(lines) == 1 and words in lines[0], lines


def test_a_call_that_a_filter_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(pid: int) -> int:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr("dojo.core.processes.exit_descriptor", refused)
    with pytest.raises(BadInput, match=r"need pidfd_open\(2\), which fails here \(Function not implemented\)"):
        surroundings.check()


def test_processes_and_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {resource.RLIMIT_NPROC: (8, 8)}
    monkeypatch.setattr("resource.getrlimit", lambda which: few.get(which, (resource.RLIM_INFINITY,) * 2))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(BadInput, match="64 processes and threads and this shell allows 8"):
        surroundings.check()
    monkeypatch.setattr("os.geteuid", lambda: 0)
    surroundings.check()


def test_a_soft_limit_is_raised(clone: Path) -> None:
    before, words = "ulimit -S -n 64; ulimit -S -f 1", f"'{sys.executable}' tests/dojo/core/start.py dojo test"
    ran = subprocess.run(
        ["bash", "-c", f"{before}; exec {words}"],
        cwd=clone,
        env=environment() | {"K": "2.1", "SIDE": "solutions"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
