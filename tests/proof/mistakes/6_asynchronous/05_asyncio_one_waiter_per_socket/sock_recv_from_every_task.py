"""Lets every task call sock_recv(), and the last one takes the others' place in the selector.

caught by: test_each_message_goes_to_the_one_that_has_waited_longest
words: the first message did not go to the task that called first
"""

import asyncio


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock

    async def recv(self, n):
        return await asyncio.get_running_loop().sock_recv(self.sock, n)
