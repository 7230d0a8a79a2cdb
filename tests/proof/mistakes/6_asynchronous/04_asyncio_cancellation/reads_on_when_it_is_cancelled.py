"""Ends the read when the time is over, and forgets it when its own task is cancelled.

caught by: test_what_comes_afterwards_is_the_next_readers
words: your read went on without its caller: it took the 5 bytes that came later, and nobody has them
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    reading = asyncio.ensure_future(asyncio.get_running_loop().sock_recv(sock, n))
    done, _ = await asyncio.wait({reading}, timeout=timeout)
    if done:
        return reading.result()
    reading.cancel()
    return None
