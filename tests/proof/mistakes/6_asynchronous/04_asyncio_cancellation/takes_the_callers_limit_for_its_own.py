"""Catches CancelledError alone, which is what its own timer makes of the wait.

caught by: test_the_callers_own_limit_is_no_silence
words: your code took the caller's time limit for its own: ten minutes were left, and it said that nothing had come
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    loop = asyncio.get_running_loop()
    timer = loop.call_later(timeout, asyncio.current_task().cancel)
    try:
        return await loop.sock_recv(sock, n)
    except asyncio.CancelledError:
        return None
    finally:
        timer.cancel()
