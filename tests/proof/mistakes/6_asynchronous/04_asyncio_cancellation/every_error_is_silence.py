"""Catches Exception: a cancellation gets past it, but a broken connection does not.

caught by: test_a_reset_is_no_silence
words: a reset came, and your code took it for silence: the caller will wait for ever
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    loop = asyncio.get_running_loop()
    try:
        return await asyncio.wait_for(loop.sock_recv(sock, n), timeout)
    except Exception:
        return None
