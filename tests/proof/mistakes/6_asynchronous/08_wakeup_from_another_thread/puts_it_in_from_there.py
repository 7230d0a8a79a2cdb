"""Puts the item into the asyncio.Queue from the other thread, which wakes nobody.

caught by: test_a_post_wakes_the_sleeping_loop
words: post() put an item in, and the loop slept on: nothing woke it
"""

import asyncio


class Mailbox:
    def __init__(self):
        self.items = asyncio.Queue()

    def post(self, item):
        self.items.put_nowait(item)

    async def get(self):
        return await self.items.get()
