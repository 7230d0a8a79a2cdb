"""Returns what has come if it is cancelled in the turn in which it came, as wait_for() does before Python 3.12.

caught by: test_a_cancellation_is_not_lost_when_the_bytes_come
words: cancel() returned True, and your code returned a value
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    loop = asyncio.get_running_loop()
    reading = asyncio.ensure_future(loop.sock_recv(sock, n))
    try:
        done, _ = await asyncio.wait({reading}, timeout=timeout)
        return reading.result() if done else None
    except asyncio.CancelledError:
        if reading.done():
            return reading.result()
        raise
    finally:
        reading.cancel()
