"""`make check`: the repository proves itself, in one run of pytest over tests/proof."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from dojo.core.environment import environment
from dojo.core.places import ROOT


def run() -> int:
    """Run every check, on all processors; 0 if all hold."""
    # A script's background job ignores it, and so would all that is started here to be interrupted.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    workers = str(min(8, 2 * (os.cpu_count() or 1)))  # more than processors: who judges a hang waits asleep
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--durations=5"]
    return subprocess.call([*command, "tests/proof"], cwd=ROOT, env=environment())
