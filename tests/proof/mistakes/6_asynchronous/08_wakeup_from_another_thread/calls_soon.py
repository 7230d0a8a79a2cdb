"""Gives the loop a callback, and does not wake it.

caught by: test_debug_mode_has_nothing_to_object_to
words: debug mode has found what is wrong without it, too
"""

import asyncio


class Mailbox:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.items = asyncio.Queue()

    def post(self, item):
        if not self.loop.is_closed():
            self.loop.call_soon(self.items.put_nowait, item)

    async def get(self):
        return await self.items.get()
