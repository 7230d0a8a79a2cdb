"""Thinks that a socket is blocking when gettimeout() is None, and forgets the timeouts.

caught by: test_the_loop_sleeps_in_its_selector_not_in_recv
words: the thread of the loop falls asleep outside of its selector
"""

import asyncio


async def recv_some(sock, n):
    if sock.gettimeout() is None:
        sock.setblocking(False)
    return await asyncio.get_running_loop().sock_recv(sock, n)
