"""The board's terminal: it is drawn once a second and after each change, and its keys do what the last line says."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from dojo.commands import named
from dojo.core.environment import environment
from dojo.core.places import shown, typed
from dojo.core.start import command
from dojo.team.board_live import Board
from dojo.team.board_screen import Frame, lines, rows_shown
from dojo.team.board_state import BREAK, END, SWAP
from dojo.team.board_view import view
from dojo.watch.keyboard import INTERRUPT, REDRAW, SUSPEND, Gone
from dojo.watch.terminal import Terminal

BELL_SECONDS = 2.0  # seconds between two bells
TICK_SECONDS = 1.0
ON, BACK = (" ", "\x1b[6~"), ("\x7f", "\b", "\x1b[5~")


async def show(board: Board, page: str, join: str, over: asyncio.Event) -> None:
    """Show the session until it has ended, or `over` is set."""
    try:
        while not over.is_set() and not board.session.ended:
            with Terminal() as terminal:
                compare = await Shown(board, Frame(page, join), over, terminal).run()
            if compare:
                await _compare(compare)
    except Gone:
        pass


async def _compare(kata: str) -> None:
    """Run `make compare` on the whole terminal, in a process of its own, and wait for Enter."""
    asked = environment() | {"K": kata, "SIDES": ".dojo/session"}
    process = await asyncio.create_subprocess_exec(
        *command("dojo", "compare"), env=asked, stdin=asyncio.subprocess.DEVNULL
    )
    await process.wait()
    print("Enter shows the board again", flush=True)
    await _readable()
    os.read(0, 1024)


async def _readable() -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(0, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(0)


class Shown:
    """What is on the terminal."""

    def __init__(self, board: Board, frame: Frame, over: asyncio.Event, terminal: Terminal) -> None:
        """Show `board`, with the words of `frame`."""
        self._board, self._empty, self._over, self._terminal = board, frame, over, terminal
        self._notice, self._first, self._compare = "", 0, ""
        self._ends = False  # whether y would end it
        self._rung = 0.0
        self._keys: list[str] = []  # that were pressed, and not yet answered
        self._typed = asyncio.Event()
        self._anew = self._gone = False  # whether all is to be drawn again, and whether there is no terminal any more
        self._actions: dict[str, Callable[[], None]] = {
            "s": lambda: self._do(SWAP), "b": lambda: self._do(BREAK), "c": self._ask_to_compare, "e": self._ask_to_end,
            INTERRUPT: over.set, "q": lambda: self._say("e ends the session; Ctrl-C leaves it to be gone on with"),
        }  # fmt: skip
        self._doing: set[asyncio.Task[None]] = set()

    async def run(self) -> str:
        """Draw and answer keys; the kata that is to be compared, if that ends it."""
        loop = asyncio.get_running_loop()
        loop.add_reader(0, self._read)
        try:
            while not (self._over.is_set() or self._board.session.ended or self._compare):
                # A terminal can be stopped (Ctrl-S), or be slow, and the teams need not wait for that.
                if select.select([], [1], [], 0)[1]:
                    await asyncio.to_thread(self._draw)
                await self._board.changed(TICK_SECONDS, self._typed)
                self._typed.clear()
                keys, self._keys = self._keys, []
                for key in keys:
                    self._press(key)
            if self._gone:
                raise Gone
            for task in self._doing:
                await task
        finally:
            loop.remove_reader(0)
        return self._compare

    def _read(self) -> None:
        """Take what was typed; called when there is something."""
        try:
            self._keys += self._terminal.pressed()
        except Gone:
            self._gone = True
            self._over.set()
        self._typed.set()

    def _draw(self) -> None:
        seen, (screen, height) = view(self._board.session, self._board.now()), self._terminal.size()
        self._terminal.show(lines(seen, self._frame(), screen, height), self._anew)
        self._anew, now = False, time.monotonic()
        if seen.alarm and now - self._rung >= BELL_SECONDS:
            self._rung = now
            with contextlib.suppress(OSError):
                os.write(sys.stdout.fileno(), b"\a")

    def _frame(self) -> Frame:
        return replace(self._empty, notice=self._notice, first=self._first)

    def _press(self, key: str) -> None:
        if self._ends:
            self._ends, self._notice = False, ""
            if key == "y":
                self._do(END)
            return
        if key == REDRAW:
            self._anew = True
        elif key == SUSPEND:
            self._terminal.suspend()
        elif key in ON or key in BACK:
            self._scroll(1 if key in ON else -1)
        elif action := self._actions.get(key):
            self._notice = ""
            action()

    def _scroll(self, step: int) -> None:
        seen, (screen, height) = view(self._board.session, self._board.now()), self._terminal.size()
        shown_now = rows_shown(seen, self._frame(), screen, height)
        self._first = max(0, min(self._first + step * shown_now, len(seen.rows) - shown_now))

    def _say(self, words: str) -> None:
        self._notice = words

    def _do(self, what: str) -> None:
        async def done() -> None:
            try:
                await self._board.do(what)
            except OSError as error:
                self._say(f"{what} cannot be kept: {error.strerror}")

        task = asyncio.create_task(done())
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    def _ask_to_end(self) -> None:
        self._ends = True
        self._say("end the session for everybody? y ends it, any other key goes on")

    def _ask_to_compare(self) -> None:
        """Compare the answers to the kata that most teams have in hand."""
        hands = Counter(row.now for row in view(self._board.session, self._board.now()).rows if row.now)
        if not hands:
            self._say("there is nothing to compare yet")
        elif named("compare") is None:
            self._say(typed("compare", K=hands.most_common(1)[0][0], SIDES=shown(self._board.place)))
        else:
            self._compare = hands.most_common(1)[0][0]
