"""`make stress`: every verdict again, in random order, with every processor busy, on every Python.

Every suite on the solutions, by plain pytest with one, two and eight workers, and once
more as on a slow machine (slow.py). Then everything that is said of stubs, wrong answers and right ones (claims.py).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dojo.core.environment import environment
from dojo.core.places import ROOT, BadInput
from dojo.core.start import command
from dojo.upkeep import versions
from dojo.upkeep.slow import slowly

WORKERS = (1, 2, 8)
SLOW = 2  # workers, where scheduling is slow
TOLD_LINES = 60  # lines of what pytest said that are shown of a red run


def run(wanted: str, side: str) -> int:
    """Go through every combination RUNS= times; 0 if each test was green each time."""
    runs = os.environ.get("RUNS") or "1"
    if not runs.isdigit() or not int(runs):
        raise BadInput(f"RUNS={runs} is not a number of runs")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the busy processes end with this one
    pythons = list(versions.environments())
    ways = [*((workers, False) for workers in WORKERS), (SLOW, True)]
    executed = red = 0
    began = time.monotonic()
    for _ in range(int(runs)):
        for (version, python), (workers, slow) in itertools.product(pythons, ways):
            green, bad = _solutions(version, python, workers, slow)
            executed, red = executed + green + bad, red + bad
        for version, python in pythons:
            judged, bad = _claims(version, python)
            executed, red = executed + judged, red + bad
    seconds = time.monotonic() - began
    print(f"{executed:,} tests in {seconds:.0f} s with {os.cpu_count()} busy processors: {red} not as they should be")
    return 1 if red or not executed else 0


def _solutions(version: str, python: Path, workers: int, slow: bool) -> tuple[int, int]:
    """One run of the solutions: how many tests were green, and how many red."""
    seed = str(random.randrange(1_000_000))
    arguments = ["-q", "-n", str(workers), "--side=solutions", "-p", "dojo.upkeep.shuffled"]
    with slowly() if slow else contextlib.nullcontext(("", None)) as (how_slow, slow_down):
        ran = _beside_others(command("pytest", *arguments, python=python), seed, slow_down)
    passed, failed = (sum(map(int, re.findall(rf"(\d+) {word}", ran.stdout))) for word in ("passed", "failed"))
    how = f"-n {workers}{', ' * slow}{how_slow}"
    print(f"Python {version} {how}, seed {seed}: {passed} green, {failed} red", flush=True)
    if ran.returncode:
        print("\n".join(ran.stdout.splitlines()[-TOLD_LINES:]), flush=True)
    return passed, failed or int(ran.returncode != 0)


def _claims(version: str, python: Path) -> tuple[int, int]:
    """One run of what is said of all answers: how many tests were run for it, and how many claims do not hold."""
    seed = str(random.randrange(1_000_000))
    ran = _beside_others(command("dojo.upkeep.claims", python=python), seed)
    *faults, closing = ran.stdout.splitlines() or [""]
    found = re.match(r"(\d+) tests for (\d+) claims, (\d+) do not hold", closing)
    judged, claims, bad = map(int, found.groups()) if found else (0, 0, 1)
    print(f"Python {version} all answers, seed {seed}: {claims - bad} claims hold, {bad} do not", flush=True)
    if ran.returncode:
        print("\n".join(faults if found else ran.stdout.splitlines()[-TOLD_LINES:]), flush=True)
    return judged, bad or int(ran.returncode != 0)


def _beside_others(
    started: list[str], seed: str, slow_down: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command while all processors are busy, and take what it prints."""
    with _busy():
        return subprocess.run(
            started,
            cwd=ROOT,
            env=environment() | {"DOJO_SEED": seed},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=slow_down,
        )


@contextlib.contextmanager
def _busy() -> Iterator[None]:
    """Every processor has something else to do."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()
