"""`make check`: the repository proves itself, in one run of pytest over tests/proof."""

from __future__ import annotations

import os
import signal
import subprocess

from dojo.core.environment import environment
from dojo.core.places import ROOT
from dojo.core.start import command


def run(wanted: str, side: str) -> int:
    """Run every check, on all processors; 0 if all hold."""
    # A script's background job ignores it, and so would all that is started here to be interrupted.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    workers = str(min(8, 2 * (os.cpu_count() or 1)))  # more than processors: who judges a hang waits asleep
    arguments = ["-q", "-n", workers, "--durations=5", "tests/proof"]
    return subprocess.call(command("pytest", *arguments), cwd=ROOT, env=environment())
