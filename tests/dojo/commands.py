"""Every command: what `make` runs, what its help says, and what the pages list. There is no other list.

A command is a function that takes what K= and SIDE= say and returns the exit status;
it reads what else it wants from the environment (PORT, TO, RUNS, PLOT, …). To add one,
write the function, with one entry here.
"""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# What the commands are told: make takes it from its command line, and hands it on in the environment.
SETTINGS = (
    "K", "SIDE", "PORT", "TO", "RUNS", "SPOILER", "MERGE", "ROUNDS", "POLL", "PLOT", "PYTHONS", "SIDES", "OUT", "ROOT",
    "OFFLINE", "T", "HTML", "WITH", "KATAS", "NAME", "HOSTS", "TEAMS", "MINUTES", "TURN", "HOST", "TEAM", "BOARD",
    "CODE",
)  # fmt: skip
LEARNER, TRAINER, MAINTAINER = "learner", "trainer", "maintainer"
NEEDS = ("check", "browser", "mutants", "models", "board")
CHECK, BROWSER, MUTANTS, MODELS, BOARD = (f".ci/{name}.txt" for name in NEEDS)


@dataclass(frozen=True)
class Command:
    """One command: `make NAME`."""

    name: str
    place: str  # the function, as in learner.test:run, below dojo
    help: str  # one line
    whose: str  # for whom it is
    example: str = ""  # what one types behind the name
    needs: tuple[str, ...] = ()  # requirements beyond the learner's, installed when it is first used
    is_new: bool = False  # K= names a kata that is not there yet

    @property
    def line(self) -> str:
        """The command as one types it."""
        return f"make {self.name} {self.example}".strip()

    @property
    def is_here(self) -> bool:
        """Whether its module is there."""
        return (Path(__file__).parent / self.place.partition(":")[0].replace(".", "/")).with_suffix(".py").exists()

    def run(self, wanted: str, side: str) -> int:
        """Run it: only now is its module imported, for a test of one kata should start fast."""
        module, _, function = self.place.partition(":")
        found: Callable[[str, str], int] = getattr(importlib.import_module(f"dojo.{module}"), function)
        return found(wanted, side)


COMMANDS = (
    Command("help", "learner.status:run", "where you stand, the next kata, and these commands", LEARNER),
    Command("watch", "watch.start:run", "test at every save; keys for all that follows", LEARNER, "K=2.1"),
    Command("test", "learner.test:run", "one kata (K=2 a chapter, without K all of them)", LEARNER, "K=2.1"),
    Command("brief", "learner.status:brief", "what the kata asks for", LEARNER, "K=2.1"),
    Command("hint", "learner.hint:run", "the next hint for the first red test", LEARNER, "K=2.1"),
    Command("tape", "learner.tape:run", "a test's calls, uncut (T=, HTML=FILE, WITH=SIDE)", LEARNER, "K=2.1"),
    Command("diff", "learner.diff:run", "your code beside the reference, once it is green", LEARNER, "K=2.1"),
    Command("reset", "learner.kept_work:run_reset", "the stub back; your code is kept", LEARNER, "K=2.1"),
    Command("undo", "learner.kept_work:run_undo", "your code back", LEARNER, "K=2.1"),
    Command("renew", "learner.renew:run", "old stubs and briefs as they are now (MERGE=1)", LEARNER),
    Command("run", "learner.run:run", "a program on port 6969, to talk to (PORT=, SIDE=)", LEARNER, "K=1.14"),
    Command("judge", "team.judge:run", "judge every side in a directory; tables in OUT=", TRAINER, "SIDES=teams K=2"),
    Command("compare", "team.compare:run", "one kata: answers of the same code together", TRAINER, "K=2.2 SIDES=teams"),
    Command("retro", "team.retro:run", "what the logs say, and questions for the room", TRAINER, "SIDES=.dojo/session"),
    Command("fresh", "team.fresh:run", "archive what a group has left; clear it for the next", TRAINER),
    Command(
        "board",
        "team.board:run",
        "the shared screen of a dojo (MINUTES=90 TURN=7 HOST= PORT= CODE=)",
        TRAINER,
        'K="1.4 2.2" TEAMS="red:R1,R2 blue:B1,B2"',
        (BOARD,),
    ),
    Command(
        "handout", "team.handout:run", "a copy for learners (OFFLINE=1: no network)", TRAINER, "OUT=/tmp/katas K=2"
    ),
    Command("kata", "team.kata:run", "the files of a new kata, to be written", TRAINER, "K=8.1 NAME=mine", is_new=True),
    Command("check", "upkeep.check:run", "the repository proves itself (K=2.1: one kata)", MAINTAINER),
    Command("mistakes", "upkeep.mistakes:run", "what a learner reads first of each wrong answer", MAINTAINER, "K=2.1"),
    Command("mutants", "upkeep.mutants:run", "small mistakes put into the reference", MAINTAINER, "K=2.1", (MUTANTS,)),
    Command("stress", "upkeep.stress:run", "every verdict again, on busy processors", MAINTAINER, "RUNS=2"),
    Command("versions", "upkeep.versions:run", "make check on every Python that there is", MAINTAINER),
    Command("races", "upkeep.races:run", "reset, undo, saves and kills beside each other", MAINTAINER, "ROUNDS=1000"),
    Command("bench", "upkeep.bench:run", "how fast the judging is, as ratios", MAINTAINER),
    Command("pages", "upkeep.pages:run", "redraw what the pages show", MAINTAINER),
    Command("models", "upkeep.models:command", "the models compared, and plots", MAINTAINER, "PLOT=.dojo", (MODELS,)),
    Command("stub", "learner.kept_work:run_stub", "take a kata's file as its new stub", MAINTAINER, "K=2.1"),
)


def named(name: str) -> Command | None:
    """The command of this name; None if there is none, or if a copy for learners does without it."""
    return next((command for command in COMMANDS if command.name == name and command.is_here), None)


def misspelled(flags: str) -> str:
    """What is wrong with the names on make's command line, of which `flags`, MAKEFLAGS, tells; empty if nothing is.

    make takes any name, and k=2.1 would run all seventy.
    """
    for word in re.findall(r"(?:\\.|[^\\\s])+", flags):
        name, given, value = word.partition("=")
        if given and name not in SETTINGS and name.upper() in SETTINGS:
            value = re.sub(r"\\(.)", r"\1", value).replace("$$", "$")
            return f"{name}={value}: say {name.upper()}={shlex.quote(value)}"
    return ""
