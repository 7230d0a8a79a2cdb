"""Makes the socket non-blocking and waits for it once: EAGAIN after the report is its caller's.

caught by: test_it_waits_on_when_somebody_else_takes_the_bytes
words: nothing had come yet, and your code took that for an error: it is what the coroutine waits for
"""

import asyncio


async def recv_some(sock, n):
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(sock, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(sock)
    return sock.recv(n)
