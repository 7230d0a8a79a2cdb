"""Takes a loop that does not run for one that is closed.

caught by: test_what_is_posted_while_the_loop_does_not_run_waits
words: the loop was not running just then, and the item was lost
"""

import asyncio
import contextlib


class Mailbox:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.items = asyncio.Queue()

    def post(self, item):
        if self.loop.is_running():
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.items.put_nowait, item)

    async def get(self):
        return await self.items.get()
