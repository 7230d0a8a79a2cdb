"""Hands the turn to the next in the queue, who may be cancelled before it knows.

caught by: test_a_turn_given_to_a_cancelled_task_is_not_lost
words: the second was cancelled as its turn came, and the third did not get it
"""

import asyncio
from collections import deque


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.busy = False
        self.queue = deque()

    async def recv(self, n):
        if self.busy:
            turn = asyncio.get_running_loop().create_future()
            self.queue.append(turn)
            await turn
        self.busy = True
        try:
            return await asyncio.get_running_loop().sock_recv(self.sock, n)
        finally:
            while self.queue and self.queue[0].cancelled():
                self.queue.popleft()
            if self.queue:
                self.queue.popleft().set_result(None)
            else:
                self.busy = False
