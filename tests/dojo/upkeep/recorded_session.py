"""A recorded session for README: `make watch` on a real terminal, three saves, drawn from what it shows."""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from dojo.core.environment import environment
from dojo.core.places import choose
from dojo.core.start import command
from dojo.upkeep.copies import learners_copy
from dojo.upkeep.terminal import Terminal
from dojo.watch.screens import KEYS

KATA = "2.1"
TERMINAL_SIZE = (80, 40)
STAMP = re.compile(r"^( {4,})\d+\.\d(?=  )", re.MULTILINE)  # the first column of a tape
TOOK = re.compile(r" +([✓✗·]+)  +\d+ ms$", re.MULTILINE)
PORT = re.compile(r"127\.0\.0\.1:\d+")
FIRST_SAVE = """
def accept_pending(listener):
    connections = []
    while True:
        connections.append(listener.accept()[0])
"""
SECOND_SAVE = """
def accept_pending(listener):
    connections = []
    try:
        while True:
            connections.append(listener.accept()[0])
    except BlockingIOError:
        return connections
"""
THIRD_SAVE = f"""{SECOND_SAVE.rstrip()}
    except OSError:
        for conn in connections:
            conn.close()
        raise
"""


def record() -> str:
    """What a learner does and sees, times and ports masked."""
    [kata] = choose(KATA)
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory) / "katas"
        learners_copy(place)
        answer = place / "katas" / kata.path
        found = environment() | {
            "TERM": "xterm",
            "K": KATA,
            "SIDE": "katas",
            "LC_ALL": "C.UTF-8",
        }
        terminal = Terminal(command("dojo", "watch", root=place), place, found, TERMINAL_SIZE)
        try:
            terminal.until(_whole("FAILED"))
            told = ["$ make watch"]
            for text, shown in ((FIRST_SAVE, "your code raised"), (SECOND_SAVE, "LEAKED"), (THIRD_SAVE, "Your tape")):
                answer.write_text(text, encoding="utf-8")
                told += [f"--- you save:\n\n{_code(text)}\n\n--- and see:", _masked(terminal.until(_whole(shown)))]
            terminal.press("q")
            terminal.wait()
        finally:
            terminal.close()
    return "\n\n".join(told)


def _whole(words: str) -> Callable[[str], bool]:
    return lambda screen: words in screen and KEYS[-1] in screen


def _masked(screen: str) -> str:
    """The same whenever it is recorded."""
    steps = itertools.count(1)
    screen = STAMP.sub(lambda found: f"{0.2 * next(steps):>9.1f}"[-len(found[0]) :], screen)
    screen = PORT.sub("127.0.0.1:54321", TOOK.sub(r"   \1", screen))
    return "\n".join(line.rstrip() for line in screen.rstrip().splitlines())


def _code(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.strip().splitlines())
