"""Releases the lock when something has come, and at no other time.

caught by: test_the_others_do_not_notice_a_cancellation
words: one task was cancelled, and the messages did not go to the other two, in their order
"""

import asyncio


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.lock = asyncio.Lock()

    async def recv(self, n):
        await self.lock.acquire()
        data = await asyncio.get_running_loop().sock_recv(self.sock, n)
        self.lock.release()
        return data
