"""`make check`: the repository proves itself, in one run of pytest over tests/proof; with K= some katas do."""

from __future__ import annotations

import os
import signal
import subprocess

from dojo.commands import BOARD, BROWSER, CHECK, MUTANTS
from dojo.core import virtual_environment
from dojo.core.environment import environment
from dojo.core.places import KATAS, ROOT, choose
from dojo.core.start import command

CONTENT = ("tests/proof/test_content.py", "tests/proof/test_requirements.py")  # what has to hold of every kata


def run(wanted: str, side: str) -> int:
    """Run every check, on all processors; 0 if all hold.

    Of the katas that `wanted` names, and of those of somebody's own, what is said of each of them is proven alone.
    """
    # A script's background job ignores it, and so would all that is started here to be interrupted.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if wanted or KATAS != ROOT:
        named = {"DOJO_KATAS": " ".join(kata.id for kata in choose(wanted))}
        arguments = ["-v", "--no-header", "--tb=short", "--show-capture=no", "--assert=plain", *CONTENT]
        return subprocess.call(command("pytest", *arguments), cwd=ROOT, env=environment() | named)
    virtual_environment.add((CHECK, BROWSER, MUTANTS, BOARD))
    workers = str(min(8, 2 * (os.cpu_count() or 1)))  # more than processors: who judges a hang waits asleep
    arguments = ["-q", "-n", workers, "--durations=5", "tests/proof"]
    return subprocess.call(command("pytest", *arguments), cwd=ROOT, env=environment())
