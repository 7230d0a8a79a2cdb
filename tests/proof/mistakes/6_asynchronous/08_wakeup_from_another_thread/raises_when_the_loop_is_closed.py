"""Lets the other thread fail when the loop is closed.

caught by: test_when_the_loop_is_closed_items_are_dropped_without_a_word
words: the loop was closed, and the other thread failed
"""

import asyncio


class Mailbox:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.items = asyncio.Queue()

    def post(self, item):
        self.loop.call_soon_threadsafe(self.items.put_nowait, item)

    async def get(self):
        return await self.items.get()
