"""The part of `make bench` that watches: from a save to its verdict on the screen, and what idling costs."""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dojo.core.environment import environment
from dojo.core.places import ROOT, choose
from dojo.core.processes import processor_time
from dojo.core.start import command
from dojo.upkeep.terminal import Terminal
from dojo.watch.screens import KEYS

KATA = "2.1"  # none of its tests waits
SAVES = 50
IDLE = 5.0  # seconds
QUIET_SECONDS = 0.3  # seconds without output after which a screen is whole and what was forked ahead is ready


def watching() -> tuple[list[float], float]:
    """Seconds from each save to the last byte of its report, and the share of a core that idling takes."""
    [kata] = choose(KATA)
    with tempfile.TemporaryDirectory() as directory:
        side = Path(directory) / "side"
        shutil.copytree(ROOT / "solutions", side)
        found = environment() | {"TERM": "xterm", "K": KATA, "SIDE": str(side)}
        terminal = Terminal(command("dojo", "watch"), ROOT, found, (100, 40))
        try:
            terminal.until(_whole)
            answer = side / kata.path
            text = answer.read_text(encoding="utf-8")
            took = []
            for number in range(SAVES):
                while terminal.read(QUIET_SECONDS):
                    pass
                drawn = terminal.shown.drawn
                began = time.perf_counter()
                answer.write_text(f"{text}# {number}\n", encoding="utf-8")
                terminal.until(_redrawn(terminal, drawn))
                took.append(time.perf_counter() - began)
            while terminal.read(QUIET_SECONDS):
                pass
            group = _group(terminal.pid)
            before = sum(map(processor_time, group))
            terminal.read(IDLE)
            idle = (sum(map(processor_time, group)) - before) / IDLE
            terminal.press("q")
            terminal.wait()
        finally:
            terminal.close()
    return took, idle


def report(took: list[float], idle: float) -> None:
    """Print what was measured and what it is to reach."""
    took = sorted(took)
    late = took[int(len(took) * 0.95) - 1]
    middle = statistics.median(took) * 1000
    print(f"watching K={KATA}, save to verdict     {middle:7.0f} ms  median of {SAVES} (at most 50)")
    print(f"                                    {late * 1000:7.0f} ms  95th percentile (at most 120)")
    print(f"watching, idle                      {idle * 100:7.2f} %   of a core (under 0.5)")


def _redrawn(terminal: Terminal, drawn: int) -> Callable[[str], bool]:
    """Whether another whole screen has come after so many."""
    return lambda screen: terminal.shown.drawn > drawn and _whole(screen)


def _whole(screen: str) -> bool:
    return (
        bool(re.search(r"\b(\d+) of \1 green", screen)) and "Your tape" in screen and screen.rstrip().endswith(KEYS[-1])
    )


def _group(pid: int) -> list[int]:
    """A process and everything that it has started: proc(5), task/children."""
    found = [pid]
    for one in found:
        children = Path(f"/proc/{one}/task/{one}/children")
        found += [int(child) for child in children.read_text().split()] if children.exists() else []
    return found
