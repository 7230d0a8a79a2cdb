"""Wakes everybody who waits with one event, though there is an item for one of them only.

caught by: test_the_task_that_has_waited_longest_is_served_first
words: IndexError: pop from an empty deque
"""

import asyncio
import contextlib
from collections import deque


class Mailbox:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.items = deque()
        self.posted = asyncio.Event()

    def post(self, item):
        self.items.append(item)
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.posted.set)

    async def get(self):
        if not self.items:
            self.posted.clear()
            await self.posted.wait()
        return self.items.popleft()
