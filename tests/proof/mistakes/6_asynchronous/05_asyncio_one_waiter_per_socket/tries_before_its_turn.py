"""Looks at the socket first, and queues up only if there is nothing.

caught by: test_a_newcomer_does_not_overtake
words: a newcomer took the bytes of a task that had waited longer
"""

import asyncio


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.lock = asyncio.Lock()

    async def recv(self, n):
        try:
            return self.sock.recv(n)
        except BlockingIOError:
            async with self.lock:
                return await asyncio.get_running_loop().sock_recv(self.sock, n)
