"""Each task waits for the one that called before it, and ends early if that one is cancelled in the queue.

caught by: test_the_others_do_not_notice_a_cancellation
words: one task was cancelled, and the messages did not go to the other two, in their order
"""

import asyncio


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.last = asyncio.Event()
        self.last.set()

    async def recv(self, n):
        before, mine = self.last, asyncio.Event()
        self.last = mine
        try:
            await before.wait()
            return await asyncio.get_running_loop().sock_recv(self.sock, n)
        finally:
            mine.set()
