"""Submits a coroutine for each item: one that a closed loop never awaits makes Python print a warning.

caught by: test_when_the_loop_is_closed_items_are_dropped_without_a_word
words: items waited when the loop was closed, and Python printed a warning
"""

import asyncio
from typing import Any


class Mailbox:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.items: asyncio.Queue[Any] = asyncio.Queue()

    def post(self, item: Any) -> None:
        putting = self.items.put(item)
        try:
            asyncio.run_coroutine_threadsafe(putting, self.loop)
        except RuntimeError:
            putting.close()

    async def get(self) -> Any:
        return await self.items.get()
