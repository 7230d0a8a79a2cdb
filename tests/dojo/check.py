"""`make check`: the repository proves itself, in one run of pytest over tests/selfcheck."""

from __future__ import annotations

import os
import subprocess
import sys

from dojo.places import ROOT


def run() -> int:
    """Run every check, on all processors; 0 if all hold."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DOJO_"))}
    # Hundreds of processes are started: without bytecode each would compile everything anew.
    for name in ("K", "SIDE", "PORT", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    workers = str(min(8, 2 * (os.cpu_count() or 1)))  # more than processors: who judges a hang waits asleep
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--durations=5"]
    return subprocess.call([*command, "tests/selfcheck"], cwd=ROOT, env=environment)
