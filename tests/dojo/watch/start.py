"""`make watch` begins: it takes the terminal and only then loads the rest, so that what is typed meanwhile is kept."""

from __future__ import annotations

import os
import signal
import sys

from dojo.core import processes
from dojo.core.places import Kata, choose, find_side
from dojo.core.start import command
from dojo.report import progress
from dojo.watch.keyboard import Gone
from dojo.watch.terminal import Terminal

BEGIN = "DOJO_BEGIN"  # in the environment of a watch that begins again: the kata at which it was


def run(wanted: str, side: str) -> int:
    """Watch until `q`; without a terminal, say so and test once. Returns 0, 1 if red then, 3 if the engine fails."""
    board = None
    if os.environ.get("TEAM") or os.environ.get("BOARD"):
        from dojo.watch import telling_board

        side = telling_board.side_of(os.environ, side)
        board = telling_board.link(os.environ, side)
    code = os.environ.pop("CODE", "")  # none of the business of what is judged here
    katas = choose(wanted)
    first = _where_to_begin(katas, side)
    if len(katas) == 1:
        katas = choose("")  # one kata is where to begin: n and p lead on from it
    if without := _what_is_missing():
        print(f"make watch needs a terminal, and {without}: the tests run once", flush=True)
        from dojo.learner import test

        return test.run(wanted, side)
    if find_side(side).is_file():
        katas = [first]
    processes.die_with_parent(signal.SIGTERM)  # when make is killed, the terminal is the shell's again
    try:
        with Terminal() as terminal:
            terminal.show([terminal.size()[0].spell("collecting the suites …"), ""])
            from dojo.watch.loop import Watch

            watch = Watch(katas, first, side, terminal, board)
            status = watch.begin()
    except Gone:
        return 0
    if watch.restart:
        environment = os.environ | {"K": wanted, "SIDE": side, "CODE": code, BEGIN: watch.kata.id}
        os.execve(sys.executable, command("dojo", "watch"), environment)
    return status


def _where_to_begin(katas: list[Kata], side: str) -> Kata:
    """The kata at which a watch was that begins again, or the first one that is to be done yet."""
    left = os.environ.pop(BEGIN, "")
    found = next((kata for kata in katas if kata.id == left), None)
    return found or progress.next_kata(katas, progress.marks(side)) or katas[0]


def _what_is_missing() -> str:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "this is none"
    return "this one cannot place text (TERM=dumb)" if os.environ.get("TERM") == "dumb" else ""
