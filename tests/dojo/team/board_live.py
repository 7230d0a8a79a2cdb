"""A session that goes on: what changes it is on the disk before anybody is told."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from dojo.team.board_log import Event, Store
from dojo.team.board_state import SWAP, Session, alarm

TICK_SECONDS = 1.0
TINY = 1e-6  # seconds
TWICE_SECONDS = 1.0  # a second press of s is none


class Board:
    """The session of a store, for all who change it and all who show it."""

    def __init__(self, store: Store) -> None:
        """Go on with what is in `store`."""
        self._store = store
        self._waiting: dict[str, tuple[Event, asyncio.Future[None]]] = {}  # events on their way to the disk
        self._writing: asyncio.Task[None] | None = None
        self._latest = dict(store.latest)  # of each watch, when its last run was
        self.change = asyncio.Event()  # another one after each change

    @property
    def session(self) -> Session:
        """As it is now."""
        assert self._store.session is not None
        return self._store.session

    @property
    def code(self) -> str:
        """What lets people in."""
        return self._store.secrets["code"]

    @property
    def key(self) -> str:
        """What is given for the code is made with it."""
        return self._store.secrets["key"]

    @property
    def place(self) -> Path:
        """The directory of sides."""
        return self._store.place

    def now(self) -> float:
        """Seconds since the epoch: a board that is started again goes on with the same clock."""
        return time.time()

    def when(self, message: Event) -> float:
        """When something happened, by the board's clock: after what came before it from the same watch.

        A request can take longer than the next one.
        """
        at: float = max(
            self.session.began, self.now() - message["age"], self._latest.get(message["source"], 0.0) + TINY
        )
        self._latest[message["source"]] = at
        return at

    async def add(self, event: Event, name: str) -> None:
        """Have an event on the disk and in the session, once, whoever adds it. Raises OSError.

        `name` is what it is known by.
        """
        if name in self._store.known:
            return
        if name not in self._waiting:
            self._waiting[name] = event, asyncio.get_running_loop().create_future()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(self._waiting[name][1])

    async def _write(self) -> None:
        """Write whatever waits, all of it with one wait for the disk."""
        while batch := dict(self._waiting):
            error: OSError | None = None
            try:
                await asyncio.to_thread(self._store.add, [event for event, _ in batch.values()])
            except OSError as caught:
                error = caught
            for name, (_, future) in batch.items():
                del self._waiting[name]
                if error is None:
                    future.set_result(None)
                else:
                    future.set_exception(error)
                    future.exception()  # whoever asked may have gone
            self.tell()

    def tell(self) -> None:
        """Let everybody who shows the session know that it has changed."""
        self.change.set()
        self.change = asyncio.Event()

    async def changed(self, seconds: float, *others: asyncio.Event) -> None:
        """Wait until it changes, or another event comes, so long at most."""
        waits = [asyncio.create_task(event.wait()) for event in (self.change, *others)]
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def do(self, what: str) -> None:
        """Swap, announce a break, or end. Raises OSError."""
        now = self.now()
        if what != SWAP or now - self.session.turned >= TWICE_SECONDS:
            await self.add({"event": what, "at": now}, f"{what} {now}")

    async def tick(self) -> None:
        """Tell those who show it when a turn or the time is over; never returns."""
        shown = ""
        while True:
            await self.changed(TICK_SECONDS)
            if (found := alarm(self.session, self.now())) != shown:
                shown = found
                self.tell()

    async def until_ended(self, over: asyncio.Event) -> None:
        """Wait until the session has ended or `over` is set."""
        while not (over.is_set() or self.session.ended):
            await self.changed(TICK_SECONDS, over)
