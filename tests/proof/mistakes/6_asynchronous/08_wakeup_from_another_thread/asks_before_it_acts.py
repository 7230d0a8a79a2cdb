"""Asks first whether the loop is closed, and believes the answer one line too long.

caught by: test_a_loop_that_is_closed_just_now_does_no_harm
words: the loop was open when post() asked, and closed when it acted
"""

import asyncio


class Mailbox:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.items = asyncio.Queue()

    def post(self, item):
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.items.put_nowait, item)

    async def get(self):
        return await self.items.get()
