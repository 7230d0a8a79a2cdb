"""A deque of items and one of those who wait: the first of them is woken and takes the item itself."""

import asyncio
import contextlib
from collections import deque
from typing import Any


class Mailbox:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.items: deque[Any] = deque()
        self.waiting: deque[asyncio.Event] = deque()

    def _wake(self) -> None:
        if self.items and self.waiting:
            self.waiting[0].set()

    def post(self, item: Any) -> None:
        self.items.append(item)
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._wake)

    async def get(self) -> Any:
        turn = asyncio.Event()
        self.waiting.append(turn)
        self._wake()
        try:
            await turn.wait()
            return self.items.popleft()
        finally:
            self.waiting.remove(turn)
            self._wake()
