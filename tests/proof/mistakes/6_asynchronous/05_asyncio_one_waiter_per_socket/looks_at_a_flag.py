"""Waits for its turn by looking at a flag again and again.

caught by: test_while_they_wait_the_thread_sleeps
words: a busy loop
"""

import asyncio


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.busy = False

    async def recv(self, n):
        while self.busy:
            await asyncio.sleep(0)
        self.busy = True
        try:
            return await asyncio.get_running_loop().sock_recv(self.sock, n)
        finally:
            self.busy = False
