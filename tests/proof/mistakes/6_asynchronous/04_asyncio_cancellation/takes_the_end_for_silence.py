"""Returns None for everything that is false.

caught by: test_the_end_is_no_silence
words: the stream ended, and your code took that for silence
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    loop = asyncio.get_running_loop()
    try:
        return await asyncio.wait_for(loop.sock_recv(sock, n), timeout) or None
    except asyncio.TimeoutError:
        return None
