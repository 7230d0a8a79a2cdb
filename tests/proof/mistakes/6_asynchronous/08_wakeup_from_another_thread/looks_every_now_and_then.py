"""Needs no wake-up, because it looks a hundred times a second.

caught by: test_a_post_wakes_the_sleeping_loop
words: a timer is set: get() looks again and again whether something is there
"""

import asyncio
import queue


class Mailbox:
    def __init__(self):
        self.items = queue.SimpleQueue()
        self.post = self.items.put

    async def get(self):
        while True:
            try:
                return self.items.get_nowait()
            except queue.Empty:
                await asyncio.sleep(0.01)
