"""Believes that recv() does not wait on a socket that was reported as readable.

caught by: test_it_waits_on_when_somebody_else_takes_the_bytes
words: the thread of the loop falls asleep outside of its selector
"""

import asyncio


async def recv_some(sock, n):
    loop = asyncio.get_running_loop()
    readable = loop.create_future()
    loop.add_reader(sock, lambda: readable.done() or readable.set_result(None))
    try:
        await readable
    finally:
        loop.remove_reader(sock)
    return sock.recv(n)
