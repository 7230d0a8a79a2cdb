"""`make stress`: every suite on the solutions, again and again in random order, with every processor busy."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time

from dojo.places import ROOT, BadInput, all_katas
from dojo.report import render
from dojo.screen import Screen, write
from dojo.server import Remote


def run(runs: str) -> int:
    """Run every test `runs` times; 0 if each was green each time."""
    if not runs.isdigit() or not int(runs):
        raise BadInput(f"RUNS={runs} is not a number of runs")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the busy processes end with this one
    cores = os.cpu_count() or 1
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(cores)]
    judges = [Remote() for _ in range(cores)]
    tests = [
        (test["nodeid"], ROOT / "solutions" / kata.path) for kata in all_katas() for test in judges[0].suite(kata.suite)
    ]
    red: list[dict[str, object]] = []
    began = time.monotonic()

    def work(judge: Remote, share: int) -> None:
        for _ in range(share):
            for nodeid, module in random.sample(tests, len(tests)):
                verdict = judge.judge(nodeid, module)
                if verdict["verdict"] != "passed":
                    red.append(verdict)
                    write(render(verdict, Screen.plain()))

    shares = [int(runs) // cores + (index < int(runs) % cores) for index in range(cores)]
    threads = [threading.Thread(target=work, args=pair) for pair in zip(judges, shares, strict=True)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for process in busy:
            process.kill()
            process.wait()
        for judge in judges:
            judge.close()
    seconds = time.monotonic() - began
    print(f"{len(tests) * int(runs):,} tests in {seconds:.0f} s with {cores} busy processors: {len(red)} red")
    return 1 if red else 0
