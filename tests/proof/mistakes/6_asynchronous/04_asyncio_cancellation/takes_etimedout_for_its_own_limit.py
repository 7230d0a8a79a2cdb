"""Has recv() under the except clause of its own limit: ETIMEDOUT is a TimeoutError, too.

caught by: test_a_connection_that_tcp_gives_up_is_no_silence
words: your code took the error of a dead connection for silence
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    loop = asyncio.get_running_loop()
    reading = asyncio.ensure_future(loop.sock_recv(sock, n))
    try:
        done, _ = await asyncio.wait({reading}, timeout=timeout)
        if not done:
            raise asyncio.TimeoutError
        return reading.result()
    except (TimeoutError, asyncio.TimeoutError):
        return None
    finally:
        reading.cancel()
