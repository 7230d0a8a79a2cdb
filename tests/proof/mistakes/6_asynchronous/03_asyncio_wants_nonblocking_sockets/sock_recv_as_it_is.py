"""Hands the socket to asyncio in the mode in which it came.

caught by: test_the_loop_sleeps_in_its_selector_not_in_recv
words: the thread of the loop falls asleep outside of its selector: no other task runs any more
"""

import asyncio


async def recv_some(sock, n):
    return await asyncio.get_running_loop().sock_recv(sock, n)
