"""The loop of `make watch`: test at every save, answer the keys meanwhile; whatever may happen in it is here.

One process shows, reads the keys, and stays warm: pytest imported, the suites
collected, no thread, none of the learner's code. It forks for each save
(prepared_run.py) and hears of saves from a process of its own (file_events.py).
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import time
from pathlib import Path

import pytest

from dojo.core import processes
from dojo.core.places import ROOT, Kata, all_katas, find_side, module_path
from dojo.learner import run_log
from dojo.report import progress
from dojo.watch import screens, sources, telling_board
from dojo.watch.collection import Collection
from dojo.watch.display import Display
from dojo.watch.keyboard import Gone
from dojo.watch.keys import Keys
from dojo.watch.prepared_run import Runs
from dojo.watch.saves import Saves
from dojo.watch.telling_board import Link
from dojo.watch.terminal import Terminal

SHOWN_AFTER = 0.3  # seconds after which a run that goes on is shown
ENDING_SECONDS = 0.1  # seconds that the tests of a run may take to be gone when it is decided
DEAF = "saves are no longer noticed (the process that hears of them has ended): r tests"
BEAT = 0.2  # seconds between two looks at the clock while it does


class Watch:
    """What is judged, and what keys, signals and saves come to."""

    def __init__(self, katas: list[Kata], first: Kata, side: str, terminal: Terminal, board: Link | None) -> None:
        """Watch `first` of these katas, on a terminal that is ours, and tell a `board` if there is one."""
        self.katas, self.kata, self.side = katas, first, side
        self.run = screens.Run(first, side, 0, [])
        self.board = board
        self.broken = ""  # why nothing can be judged
        self.restart = False
        self._terminal = terminal
        self._keys = Keys(self)
        self.display = Display(terminal, self._keys.footer)
        self._collection, self._saves = Collection(terminal), Saves()
        self._began = 0.0
        self._answer: bytes | None = None  # that is judged
        self._opened = True  # whether it is judged to be shown
        self._quit = False
        self._loaded = time.time()
        place = find_side(side)
        self._others = {module_path(place, kata): kata for kata in all_katas()} if place.is_dir() else {}
        engine = {path.parent for path in (ROOT / "tests" / "dojo").rglob("*.py")}
        self._support = {kata.suite.parent for kata in katas} | engine

    def begin(self) -> int:
        """Collect the suites, and watch until there is a reason to end. Returns 3 if they cannot be collected."""
        return self._collection.run(self.katas, self.side, self._watch)

    def _watch(self) -> None:
        self.broken = self._collection.broken
        side = find_side(self.side)
        answers = {side.parent} if side.is_file() else {path for path in side.iterdir() if path.is_dir()}
        with (
            contextlib.suppress(Gone),
            sources.signals() as signals,
            sources.file_events(self._support | answers) as told,
            telling_board.started(self.board) as link,
        ):
            # What is forked shall have none of these descriptors: each of them tells by its end.
            self._runs = Runs(self._collection.items, self.side, [*self._terminal.private, *signals, *told, *link])
            try:
                self._loop(signals[0], told[0], link[:1])
            finally:
                self._terminal.release()  # before what takes longer: when make was killed, a shell is at its prompt
                self._runs.close()

    # the loop

    def _loop(self, woken: int, changes: int, link: list[int]) -> None:
        if self.broken:
            title, *words = self.broken.splitlines()
            self.display.explain(title, [*words, "", "Save it again, and the watch goes on."])
        else:
            self.judge()
        heard = b""
        while not self._quit and not self.restart:
            run = self._runs.current
            poll = processes.poll_for(0, woken, changes, *link, *([] if run is None else [run.answers]))
            ready = {fd for fd, _ in poll.poll(self._patience())}
            if woken in ready:
                self._signalled(os.read(woken, 64))
            if 0 in ready:
                self._press(self._terminal.pressed())
            if changes in ready:
                data = os.read(changes, 1 << 16)
                if not data:
                    changes = woken  # and no longer of interest
                    self.display.remark("saves", DEAF)
                *lines, heard = (heard + data).split(b"\n")
                for line in lines:
                    self._changed(json.loads(line))
            if (run := self._runs.current) is not None and run.answers in ready:
                self._judged()
            if self.board and ready & {*link}:
                link = link if self.board.hear() else []
                self.display.remark("board", self.board.remark)
            self._time()

    def _press(self, keys: list[str]) -> None:
        """Press keys, first those that were typed before there was anything to press them for."""
        typed, self._collection.typed = self._collection.typed, []
        for key in (*typed, *keys):
            if not self._quit:
                self._keys.press(key)

    def _patience(self) -> int | None:
        """Milliseconds until something is due; None if nothing is."""
        if self._saves.due is not None:
            return max(1, int((self._saves.due - time.monotonic()) * 1000))
        return int(BEAT * 1000) if self._runs.current is not None else None

    def _time(self) -> None:
        """Do what is due: judge a save that has settled, show a run that goes on."""
        if self._saves.complete(self._module) and not self.broken:
            self._opened = False
            self.judge()
        run, seconds = self._runs.current, time.monotonic() - self._began
        if run is not None and seconds >= SHOWN_AFTER:
            so_far = dataclasses.replace(self.run, verdicts=run.verdicts)
            self.display.result(lambda screen, height: screens.testing(so_far, screen, seconds))
        if run is None:
            self._press([])

    @property
    def _module(self) -> Path:
        return module_path(find_side(self.side), self.kata)

    # judging

    def choose(self, kata: Kata) -> None:
        """Turn to a kata and judge it."""
        self.kata, self._opened = kata, True
        self.judge()

    def judge(self) -> None:
        """Judge the file as it is now; a run that is under way is for an older one."""
        self._saves.judged(self._module)
        self.display.remark("other", "", draw=False)
        self._answer = run_log.read(self._module)
        self.run = screens.Run(self.kata, self.side, len(self._runs.items[self.kata]), [])
        self._keys.forget()
        self.display.forget(page=not self._keys.open)
        self._began = time.monotonic()
        self._runs.go(self.kata)

    def _judged(self) -> None:
        run = self._runs.current
        assert run is not None
        run.read()
        if not run.done:
            return
        took = f"{(time.monotonic() - self._began) * 1000:.0f} ms"
        result = self.run = dataclasses.replace(self.run, verdicts=run.verdicts, took=took)
        self._keys.ended()
        self._terminal.retake()  # whatever the code under test has done to it
        if run.failure:
            self.display.explain("the engine failed, please report it:", run.failure.splitlines())
        else:
            untouched = bool(run.verdicts) and run.verdicts[0].not_written
            kinds = [verdict.kind for verdict in run.verdicts]
            mark = progress.mark_of(kinds, untouched and len(kinds) == 1)
            progress.note(self.side, self.kata, mark)
            self.display.result(lambda screen, height: screens.result(result, screen, height), anew=True)
            event = run_log.OPENED if self._opened else run_log.RUN
            digest, self._opened = run_log.digest_of(self._answer), False
            line = run_log.note(self.side, self.kata, mark, run.verdicts, self.run.tests, digest, event)
        # Tests behind the first red one may have been under way: until they are gone they can act on the terminal.
        run.settle(ENDING_SECONDS)
        self._runs.stop()
        if self._terminal.retake():
            self.display.draw(anew=True)
        self._runs.prepare(self.kata)
        if self.board and not run.failure:  # when there is nothing left that a save could wait for
            self.board.run(line, self._answer, run.verdicts)

    def first_red(self) -> pytest.Item | None:
        """The test that the report is about."""
        if self.run.red is None:
            return None
        name = self.run.verdicts[self.run.red].test
        return next((item for item in self._runs.items[self.kata] if item.name == name), None)

    # what keys and signals ask for

    def leave(self) -> None:
        """End the watch."""
        self._quit = True

    def interrupt(self) -> None:
        """End a run that is under way, and the watch if there is none."""
        if self._runs.current is None:
            self.leave()
            return
        self._runs.stop()
        self.display.say(f"the run of {self.kata.id} was stopped; save, or r, tests again")

    def suspend(self) -> None:
        """Stop with everything that was started, until the shell says fg."""
        again = self._runs.current is not None
        self._runs.close()  # its deadlines would pass while we stand still
        self._terminal.suspend()
        if again:
            self.judge()
        else:
            self.display.draw()

    def _signalled(self, numbers: bytes) -> None:
        for number in numbers:
            if number in sources.QUIT:
                self._quit = True
            elif number == signal.SIGTSTP:
                self.suspend()
            elif number == signal.SIGCONT:  # also after SIGSTOP, which tells nobody: a shell has had the terminal
                self._terminal.retake()
                self.display.draw(anew=True)
            elif number == signal.SIGWINCH:
                self.display.draw(anew=True)

    # what else comes

    def _changed(self, what: dict[str, str]) -> None:
        if "polling" in what:
            self._saves.sign("")  # what was saved before anybody listened
            self.restart = any(self._is_newer(path) for place in self._support for path in place.glob("*.py"))
            if what["polling"]:
                self.display.remark("saves", f"saves are looked for five times a second: {what['polling']}")
            return
        path = Path(what["path"])
        if path == self._module or path.resolve() == self._module.resolve():
            self._saves.sign(what["kind"])
        elif what["kind"] != "deleted" and (other := self._others.get(path)) and not self.broken:
            self.display.remark("other", self._saved(other))
        elif path.parent in self._support:
            self.restart = self.restart or self._is_newer(path)

    def _saved(self, other: Kata) -> str:
        """What there is to say of a save of a kata that is not the one that is judged: its file may still be open."""
        katas = self.katas
        step = katas.index(other) - katas.index(self.kata) if other in katas else 0
        ways = {0: "this watch is without it", 1: "n goes to it", -1: "p goes to it"}
        return f"{other.id} was saved; {self.kata.id} is judged here: {ways.get(step, 'l goes to it, by its number')}"

    def _is_newer(self, path: Path) -> bool:
        """Whether support code has changed since this process began to load it."""
        return path.exists() and path.stat().st_mtime > self._loaded
