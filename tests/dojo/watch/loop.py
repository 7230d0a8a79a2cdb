"""`make watch`: test again at every save, and let the keys answer meanwhile.

One process shows, reads the keys, and stays warm: pytest imported, the suites
collected, no thread, none of the learner's code. It forks for each save
(judging.py) and hears of saves from a process of its own (changes.py).
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dojo.core import processes
from dojo.core.places import ROOT, Kata, choose, find_side, kata_of, module_path
from dojo.core.screen import Screen
from dojo.core.start import command
from dojo.judge import plugin
from dojo.learner import test
from dojo.report import progress
from dojo.sandbox import child
from dojo.sandbox.verdict import Verdict
from dojo.watch import screens
from dojo.watch.keyboard import Keyboard
from dojo.watch.keys import Keys
from dojo.watch.prepared_run import Judging

CLEAR = "\033[H\033[2J\033[3J"
DRAWN = "\033[J"  # clears what is below, and there is nothing: whoever reads along knows that the screen is whole
COMPLETE = ("closed", "moved")  # kinds of change after which whoever saved has done: inotify(7) tells of them
SETTLED = 0.004  # seconds after the last sign of any other kind: a save may come in several steps
GONE = 0.15  # seconds that a file may be missing, or empty, while an editor replaces it
PATIENCE = 0.3  # seconds after which a run that goes on is shown
ENDING = 0.1  # seconds that the tests of a run may take to be gone when it is decided
BEAT = 0.2  # seconds between two looks at the clock while it does
QUIT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(wanted: str, side: str) -> int:
    """Watch until `q`; without a terminal, say so and test once. Returns 0, 1 if red then, 3 if the engine fails."""
    katas = choose("")
    first = choose(wanted)[0] if wanted else progress.next_kata(katas, progress.marks(side)) or katas[0]
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("make watch needs a terminal, and this is none: the tests run once", flush=True)
        return test.run(wanted, side)
    if find_side(side).is_file():
        katas = [first]
    watch = Watch(katas, first, side)
    suites = [str(kata.suite) for kata in katas]
    print("collecting the suites …" if watch.screen.unicode else "collecting the suites", flush=True)
    status = pytest.main(["--noconftest", *test.UNUSED, f"--side={side}", "-s", *suites], plugins=[plugin, watch])
    if watch.refused is not None:
        raise watch.refused
    if watch.restart:
        environment = os.environ | {"K": watch.kata.id, "SIDE": side}
        os.execve(sys.executable, command("dojo", "watch"), environment)
    return 3 if watch.broken and status else 0


class Watch(plugin.Outcome):
    """What is shown, what is judged, and what each key does."""

    def __init__(self, katas: list[Kata], first: Kata, side: str) -> None:
        self.katas, self.kata, self.side = katas, first, side
        self.screen = Screen.of(sys.stdout)
        self.restart = False
        self._items: dict[Kata, list[pytest.Item]] = {}
        self._judging: Judging | None = None  # the run that was told to go
        self._ready: Judging | None = None  # the next one, forked and waiting
        self.verdicts: list[Verdict] = []  # of the last run that came to its end
        self._view: Callable[[], list[str]] = list
        self._extra: Callable[[], list[str]] = list  # a hint, a tape: below what is shown
        self._polling = ""  # why saves are looked for by the clock
        self._keys = Keys(self)
        self._saved: float | None = None  # when the last sign of a save came
        self._settles = 0.0  # when it can be judged
        self._seen: tuple[int | bytes, ...] = ()  # the file as it was judged last
        self._began = 0.0
        self._quit = False
        self._loaded = time.time()
        engine = {path.parent for path in (ROOT / "tests" / "dojo").rglob("*.py")}
        self._support = {kata.suite.parent for kata in katas} | engine
        self._private: list[int] = []  # descriptors that what is forked shall not have

    # pytest

    def pytest_collectreport(self, report: Any) -> None:
        """A suite that cannot be collected is shown, and waits for its next save."""
        if report.failed:
            self.broken = f"{report.nodeid} cannot be collected:\n{report.longrepr}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Everything is collected: watch."""
        for item in session.items:
            if (kata := kata_of(item.path)) is not None:
                self._items.setdefault(kata, []).append(item)
        gc.collect()
        child.prepare()
        with self._terminal(), self._signals() as woken, self._changes() as changes:
            self._loop(woken, changes)
        session.testsfailed = 0
        return True

    # the loop

    def _loop(self, woken: int, changes: int) -> None:
        if self.broken:
            self._view = lambda: [*self.broken.splitlines(), "", "Save it again, and the watch goes on."]
            self.draw()
        else:
            self.choose(self.kata)
        heard = b""
        while not self._quit and not self.restart:
            answers = [] if self._judging is None else [self._judging.answers]
            poll = processes.poll_for(0, woken, changes, *answers)
            ready = {fd for fd, _ in poll.poll(self._patience())}
            if woken in ready:
                self._signalled(os.read(woken, 64))
            if 0 in ready:
                try:
                    for key in self.keyboard.pressed():
                        self._keys.press(key)
                except EOFError:
                    return
            if changes in ready:
                data = os.read(changes, 1 << 16)
                if not data:
                    changes = woken  # and no longer of interest
                    self._polling = "saves are no longer noticed (the process that hears of them has ended): r tests"
                *lines, heard = (heard + data).split(b"\n")
                for line in lines:
                    self._changed(json.loads(line))
            if self._judging is not None and self._judging.answers in ready:
                self._judged()
            self._time()

    def _patience(self) -> int | None:
        """Milliseconds until something is due; None if nothing is."""
        if self._saved is not None:
            return max(1, int((self._settles - time.monotonic()) * 1000))
        return int(BEAT * 1000) if self._judging is not None else None

    def _time(self) -> None:
        """Do what is due: judge a save that has settled, show a run that goes on."""
        now = time.monotonic()
        if self._saved is not None and now >= self._settles:
            state = self._state()
            if state or now - self._saved >= GONE:
                self._saved = None
                if state != self._seen or not state:
                    self.judge()
        if self._judging is not None and now - self._began >= PATIENCE:
            so_far = self._judging.verdicts
            self._view = lambda: [
                *screens.head(self.kata, self._tests, so_far, self.screen, ""),
                "",
                f"  testing, {time.monotonic() - self._began:.0f} s: {len(so_far)} done",
            ]
            self.draw()

    @property
    def _tests(self) -> int:
        return len(self._items.get(self.kata, ()))

    @property
    def _module(self) -> Path:
        return module_path(find_side(self.side), self.kata)

    def _state(self) -> tuple[int | bytes, ...]:
        """By what a save is told from a second sign of the same; empty if there is no file, or nothing in it yet.

        The times of two saves may be the same: before Linux 6.13 they are as coarse as the clock's tick.
        """
        try:
            found = self._module.stat()
            text = self._module.read_bytes() if stat.S_ISREG(found.st_mode) else b""
        except OSError:
            return ()
        return (found.st_ino, found.st_mtime_ns, text) if found.st_size else ()

    # judging

    def choose(self, kata: Kata) -> None:
        """Turn to a kata and judge it."""
        self.kata = kata
        self.verdicts = []
        self._keys.forget()
        if self._ready is not None:
            self._ready.close()
            self._ready = None
        self.judge()

    def judge(self) -> None:
        """Judge the file as it is now; a run that is under way is for an older one."""
        self._stop()
        self._seen = self._state()
        self._began = time.monotonic()
        self._judging = self._ready or self._fork()
        self._ready = None
        self._judging.go()

    def _fork(self) -> Judging:
        return Judging(self._items[self.kata], self.side, self._private)

    def _stop(self) -> None:
        if self._judging is not None:
            self._judging.close()
            self._judging = None

    def _judged(self) -> None:
        run = self._judging
        assert run is not None
        run.read()
        if not run.done:
            return
        took = f"{(time.monotonic() - self._began) * 1000:.0f} ms"
        self.verdicts = run.verdicts
        if run.failure:
            self._view = lambda: ["the engine failed, please report it:", *run.failure.splitlines()]
        else:
            self._view = lambda: screens.result(self.kata, self._tests, self.verdicts, self.screen, took, self.side)
            untouched = bool(self.verdicts) and self.verdicts[0].not_written
            kinds = [verdict.kind for verdict in self.verdicts]
            progress.note(self.side, self.kata, progress.mark_of(kinds, untouched and len(kinds) == 1))
        self._extra = list
        self._keys.renew()
        self.keyboard.enter()  # whatever the code under test has done to the terminal
        self.draw()
        # Tests behind the first red one may have been under way: until they are gone they can act on the terminal.
        run.settle(ENDING)
        self._stop()
        if self.keyboard.enter():
            self.draw()
        self._ready = self._fork()

    @property
    def green(self) -> bool:
        """Whether the last run was green to its end."""
        kinds = [verdict.kind for verdict in self.verdicts]
        return len(kinds) == self._tests and progress.mark_of(kinds, False) == progress.GREEN

    def first_red(self) -> pytest.Item | None:
        """The test that the report is about."""
        red = next((one.test for one in self.verdicts if not one.kind.good), None)
        return next((item for item in self._items[self.kata] if item.name == red), None)

    # what keys and signals ask for

    def leave(self) -> None:
        """End the watch."""
        self._quit = True

    def interrupt(self) -> None:
        """End a run that is under way, and the watch if there is none."""
        if self._judging is None:
            self.leave()
            return
        self._stop()
        self._view = lambda: [f"  the run of {self.kata.id} was stopped; save, or r, tests again"]
        self.draw()

    def suspend(self) -> None:
        """Stop with everything that was started, until the shell says fg."""
        again = self._judging is not None
        self._stop()  # its deadlines would pass while we stand still
        if self._ready is not None:
            self._ready.close()
            self._ready = None
        self.keyboard.suspend()
        self.screen = Screen.of(sys.stdout)
        if again:
            self.judge()
        else:
            self.draw()

    def show_below(self, lines: Callable[[], list[str]]) -> None:
        """Show something more below the result."""
        self._extra = lines
        self.draw()

    # what else comes

    def _changed(self, what: dict[str, str]) -> None:
        if "polling" in what:
            self._notice("")  # what was saved before anybody listened
            self.restart = any(self._is_newer(path) for place in self._support for path in place.glob("*.py"))
            if what["polling"]:
                self._polling = f"saves are looked for five times a second: {what['polling']}"
                self.draw()
            return
        path = Path(what["path"])
        if path == self._module or path.resolve() == self._module.resolve():
            self._notice(what["kind"])
        elif path.parent in self._support:
            self.restart = self.restart or self._is_newer(path)

    def _notice(self, kind: str) -> None:
        """There is a sign of a save: judge it once it is complete."""
        self._saved = time.monotonic()
        self._settles = self._saved + (0 if kind in COMPLETE else SETTLED)

    def _is_newer(self, path: Path) -> bool:
        """Whether support code has changed since this process began to load it."""
        return path.exists() and path.stat().st_mtime > self._loaded

    def _signalled(self, numbers: bytes) -> None:
        for number in numbers:
            if number in QUIT:
                self._quit = True
            elif number == signal.SIGTSTP:
                self.suspend()
            elif number == signal.SIGWINCH:
                self.screen = Screen.of(sys.stdout)
                self.draw()

    def draw(self) -> None:
        """Show everything anew, in one write."""
        screen = self.screen
        if self._keys.typed is not None:
            lines = screens.listing(self.katas, progress.marks(self.side), self.kata, screen)
            last = f"which kata, as in 2.1: {self._keys.typed}"
        else:
            lines = [*self._view(), *self._extra()]
            last = self._keys.notice or screens.KEYS
        if self._polling:
            lines += ["", screen.spell(f"  {self._polling}")[: screen.width]]
        text = "\n".join([*lines, "", screen.paint(screen.spell(last)[: screen.width], "blue")])
        data = (CLEAR + text + DRAWN).encode(sys.stdout.encoding or "utf-8", "replace")
        while data:
            data = data[os.write(1, data) :]

    # what is set up and put back

    @contextlib.contextmanager
    def _terminal(self) -> Iterator[None]:
        self.keyboard = Keyboard(0)
        self.keyboard.enter()
        try:
            yield
        finally:
            self.keyboard.leave()
            os.write(1, b"\n")

    @contextlib.contextmanager
    def _signals(self) -> Iterator[int]:
        """A descriptor that is readable when a signal has come."""
        woken, writer = os.pipe()
        for fd in (woken, writer):
            os.set_blocking(fd, False)
        numbers = (*QUIT, signal.SIGWINCH, signal.SIGTSTP)
        before = {number: signal.signal(number, lambda *_: None) for number in numbers}
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self._private += [woken, writer]
        try:
            yield woken
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextlib.contextmanager
    def _changes(self) -> Iterator[int]:
        """A descriptor that tells which files change."""
        side = find_side(self.side)
        directories = self._support | (
            {side.parent} if side.is_file() else {path for path in side.iterdir() if path.is_dir()}
        )
        teller = subprocess.Popen(
            command("dojo.watch.file_events", *map(str, sorted(directories))),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert teller.stdin is not None and teller.stdout is not None
        self._private += [teller.stdin.fileno(), teller.stdout.fileno()]
        try:
            yield teller.stdout.fileno()
        finally:
            self._stop()
            if self._ready is not None:
                self._ready.close()
            teller.stdin.close()
            teller.wait()
            teller.stdout.close()
