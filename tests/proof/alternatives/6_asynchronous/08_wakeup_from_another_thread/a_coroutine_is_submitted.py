"""run_coroutine_threadsafe(), which wakes the loop as well; nobody waits for its result."""

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
