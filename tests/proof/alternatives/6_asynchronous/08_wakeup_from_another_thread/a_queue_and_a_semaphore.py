"""The items in a queue for threads, and a semaphore of the loop that counts them."""

import asyncio
import contextlib
import queue
from typing import Any


class Mailbox:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.items: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.there = asyncio.Semaphore(0)

    def post(self, item: Any) -> None:
        self.items.put(item)
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.there.release)

    async def get(self) -> Any:
        await self.there.acquire()
        return self.items.get_nowait()
