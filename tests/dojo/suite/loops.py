"""Event loops: asyncio's in a thread of its own, and selectors in which nobody sleeps."""

from __future__ import annotations

import asyncio
import select
import selectors
import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from dojo.sandbox.findings import Finding
from dojo.suite.background import Running
from dojo.suite.observers import readiness, wait_until
from dojo.tape.call import Call
from dojo.tape.query import Tape

LOOP_WAITS = ("poll", "control", "select")  # what asyncio's selectors call to wait: line 0 of the kata
BUSY_TURNS = 2000  # turns of a loop that waits for nothing

Selector = TypeVar("Selector", bound=selectors.BaseSelector)


class Loop:
    """An event loop in a thread of its own, whose only place to sleep is its selector."""

    def __init__(self, tape: Tape, story: Callable[[], Awaitable[Any]], debug: bool = False) -> None:
        """Start the loop, and await `story()` in it."""
        self.tape = tape
        self.loop: Any = None
        self.ended: tuple[Any, Exception | None] | None = None  # what the story returned, or what it raised

        async def told() -> None:
            self.loop = asyncio.get_running_loop()
            # Kept here, because a loop does not end before every task and thread in it has.
            try:
                self.ended = await story(), None
            except Exception as error:
                self.ended = None, error

        def run() -> None:
            asyncio.run(told(), debug=debug)

        self._running = Running(run)

    def turns(self) -> list[Call]:
        """The loop's own waits so far."""
        return self.tape.calls("selector.select")

    def judge(self) -> Call | None:
        """The rules of the loop's thread; returns the wait in its selector that is under way, or None."""
        only_its_selector_waits(self.tape, self._running)
        turns = self.turns()
        if len(turns) > BUSY_TURNS:
            raise Finding("it turns round and round instead of waiting", "the loop sleeps", "a busy loop")
        return turns[-1] if turns and turns[-1].ended is None else None

    def for_ever(self) -> bool:
        """Whether the loop waits, without a limit, and nothing can wake it but this thread."""
        wait = self.judge()
        if wait is None or wait.args != "None" or threading.active_count() > 2:
            return False
        return not readiness(self.loop._selector, select.POLLIN) and wait.ended is None

    def look(self) -> None:
        """What result() does time and again until the story has ended."""
        self.judge()

    def result(self, what: str = "the story to end") -> Any:
        """Let it run to its end, and return what it returned, or raise what it raised; `what`: see wait_until()."""

        def ended() -> bool:
            self.look()
            return self.ended is not None

        wait_until(ended, what)
        value, error = self.ended or (None, None)
        if error is not None:
            raise error
        return value


def only_its_selector_waits(tape: Tape, running: Running) -> None:
    """Raise Finding if a call in the loop's thread waits that is not its selector's, or any thread in time.sleep()."""
    for call in tape.waits():
        in_selector = call.line == 0 and call.name in LOOP_WAITS
        if call.name == "sleep" or (call.thread == running.native_id and not in_selector):
            words = "the thread of the loop falls asleep outside of its selector: no other task runs any more"
            raise Finding(words, "the loop sleeps in its selector", f"{call.text} waits")


async def turns(number: int = 10) -> None:
    """Let everybody else in the loop do what there is to be done."""
    for _ in range(number):
        await asyncio.sleep(0)


def outcome(task: asyncio.Future[Any]) -> Any:
    """What came of a task: its result, "cancelled", "waits" or the name of an error."""
    if not task.done():
        return "waits"
    if task.cancelled():
        return "cancelled"
    error = task.exception()
    if isinstance(error, NotImplementedError):
        raise error
    return type(error).__name__ if error else task.result()


def sleepless(selector: Selector, words: str) -> Selector:
    """The selector, in which nobody sleeps from now on: a wait that does not end at once is a mistake, in `words`."""

    def sleeps_not(timeout: float | None = None) -> Any:
        ready = type(selector).select(selector, 0)
        if not ready and timeout != 0:
            raise Finding(words, "it asks the selector with a timeout of 0", f"it asks with {timeout}")
        return ready

    setattr(selector, "select", sleeps_not)
    return selector
