"""`make mutants`: a small mistake put into each solution, again and again, and each has to be found by the suite.

Statement coverage says that a line ran. This says that some test would notice if the
line were another one. What the mistakes are is told in mutate.py; which of the mutants
are right answers all the same, in the list that survivors.py reads. A test has the time
that it always has: with less, a slow machine would take a mutant that lives for dead.
"""

from __future__ import annotations

import contextlib
import functools
import tempfile
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from dojo.core.places import KATAS, Kata, choose
from dojo.judge.parallel import Judges
from dojo.judge.remote import Remote
from dojo.sandbox.verdict import Verdict
from dojo.upkeep.mutate import Mutant, Name, mutants
from dojo.upkeep.survivors import Entry, Malformed, listed

OF_ALL, OF_EACH = 95, 85  # per cent that have to be killed: of all mutants, and of each kata's


class Suite:
    """The tests of one kata, and in which order to try them."""

    def __init__(self, kata: Kata, judge: Remote) -> None:
        self.kata = kata
        self._order: list[str] = [test["nodeid"] for test in judge.suite(kata.suite)]
        self._lock = threading.Lock()

    def killer(self, judge: Remote, file: Path) -> Verdict | None:
        """The first verdict that is not green; None if all are."""
        for nodeid in list(self._order):
            verdict = judge.judge(nodeid, file)
            if not verdict.kind.good:
                # What has killed one mutant is likely to kill the next one, too.
                with self._lock:
                    self._order.remove(nodeid)
                    self._order.insert(0, nodeid)
                return verdict
        return None


@dataclass
class Trial:
    """The mutants of one kata, while they are judged."""

    kata: Kata
    sound: Future[bool]  # whether the solution itself is green: if not, nothing follows from a red mutant
    mutants: list[Mutant]
    alive: list[Future[bool]]
    entries: dict[Name, Entry]


def begin(kata: Kata, judges: Judges, directory: Path) -> Trial:
    """Make the mutants of a kata, in files in `directory`, and have them judged from now on."""
    solution = KATAS / "solutions" / kata.path
    entries = listed(kata)
    suite = judges.submit(functools.partial(Suite, kata)).result()

    def lives(file: Path) -> Future[bool]:
        return judges.submit(lambda judge: suite.killer(judge, file) is None)

    sound = lives(solution)
    made = mutants(solution.read_text(encoding="utf-8"))
    alive = []
    for number, mutant in enumerate(made):
        file = directory / f"{kata.id}_{number}.py"
        file.write_text(mutant.text, encoding="utf-8")
        alive.append(lives(file))
    return Trial(kata, sound, made, alive, entries)


def run(wanted: str, side: str) -> int:
    """Judge every mutant of the katas that were asked for; 0 if enough of them are killed, and the list is right."""
    katas = choose(wanted)
    counts: list[tuple[int, int]] = []
    good = True
    with tempfile.TemporaryDirectory() as directory, contextlib.closing(Judges()) as judges:
        trials: deque[Trial] = deque()
        try:
            for kata in [*katas, None]:
                if kata is not None:
                    trials.append(begin(kata, judges, Path(directory)))
                # Some are under way while one is shown, so that nobody waits for the last mutant of a kata.
                while trials and (kata is None or len(trials) > 3):
                    killed, counted, right = show(trials.popleft())
                    counts.append((killed, counted))
                    good &= right
        except Malformed as error:
            print(error)
            return 1
    killed, counted = (sum(column) for column in zip(*counts, strict=True))
    if len(counts) > 1:
        print(f"{killed:,} of {counted:,} mutants killed  {_per_cent(killed, counted)} %")
    enough = bool(wanted) or 100 * killed >= OF_ALL * counted
    return 0 if good and enough else 1


def show(trial: Trial) -> tuple[int, int, bool]:
    """Print what a kata's mutants came to, when the last of them is judged.

    Returns how many were killed, of how many that could be, and whether all is
    well: enough of them, and each entry in the list is about one that lives.
    """
    lives = [mutant for mutant, alive in zip(trial.mutants, trial.alive, strict=True) if alive.result()]
    names = {mutant.name for mutant in lives}
    as_right = {name for name, entry in trial.entries.items() if not entry.is_open}
    right = sum(mutant.name in as_right for mutant in lives)
    counted = len(trial.mutants) - right
    killed = len(trial.mutants) - len(lives)
    name = trial.kata.name.replace("_", " ")
    more = f"   and {right} as right as the solution" if right else ""
    print(f"{trial.kata.id:>4}  {name:40}{killed:4} of{counted:4} killed {_per_cent(killed, counted):4} %{more}")
    for mutant in lives:
        if mutant.name not in as_right:
            _show_mutant(trial.kata, mutant, trial.entries.get(mutant.name))
    wrong = [entry for name, entry in trial.entries.items() if name not in names]
    for entry in wrong:
        print("      listed as a survivor, and none that survives is like this:", *_lines(entry.name), sep="\n      ")
    sound = trial.sound.result()
    if not sound:
        print("      the solution itself is not green")
    print(end="", flush=True)
    return killed, counted, sound and not wrong and 100 * killed >= OF_EACH * counted


def _show_mutant(kata: Kata, mutant: Mutant, entry: Entry | None) -> None:
    why = entry.reason if entry else "it lives, and is not in the list"
    print(f"      solutions/{kata.path}:{mutant.line}", *_lines(mutant.name), why, sep="\n      ")


def _lines(name: Name) -> list[str]:
    """A mutant as an entry in the list has it, but for the reason."""
    where, was, now = name
    return [f"in {where}", *(f"- {line}" for line in was), *(f"+ {line}" for line in now)]


def _per_cent(part: int, whole: int) -> int:
    """Rounded down: 100 is said of all alone."""
    return 100 * part // whole if whole else 100
