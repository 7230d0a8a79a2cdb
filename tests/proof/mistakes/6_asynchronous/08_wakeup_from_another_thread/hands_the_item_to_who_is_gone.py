"""Hands the item itself to the one that waits: cancelled before it runs, that one takes the item with it.

caught by: test_a_task_that_is_cancelled_as_the_item_comes_does_not_lose_it
words: a cancelled task took an item with it, or the turn of the next one
"""

import asyncio
import contextlib
from collections import deque


class Mailbox:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.items = deque()
        self.waiting = deque()

    def deliver(self, item):
        while self.waiting:
            future = self.waiting.popleft()
            if not future.done():
                future.set_result(item)
                return
        self.items.append(item)

    def post(self, item):
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.deliver, item)

    async def get(self):
        if self.items:
            return self.items.popleft()
        future = self.loop.create_future()
        self.waiting.append(future)
        return await future
