"""Keeps those who wait on a stack.

caught by: test_each_message_goes_to_the_one_that_has_waited_longest
words: the second message did not go to the task that called second
"""

import asyncio


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.busy = False
        self.waiting = []

    async def recv(self, n):
        while self.busy:
            turn = asyncio.Event()
            self.waiting.append(turn)
            await turn.wait()
        self.busy = True
        try:
            return await asyncio.get_running_loop().sock_recv(self.sock, n)
        finally:
            self.busy = False
            if self.waiting:
                self.waiting.pop().set()
