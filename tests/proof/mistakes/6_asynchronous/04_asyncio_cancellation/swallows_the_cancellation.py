"""Takes a cancellation for a timeout.

caught by: test_a_cancellation_passes_through
words: your code swallowed the cancellation: the task should end, and it went on
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    loop = asyncio.get_running_loop()
    try:
        return await asyncio.wait_for(loop.sock_recv(sock, n), timeout)
    except (asyncio.TimeoutError, asyncio.CancelledError):
        return None
