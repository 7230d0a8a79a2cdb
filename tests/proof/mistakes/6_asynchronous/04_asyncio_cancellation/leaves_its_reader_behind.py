"""Removes its reader when the time is over and when something has come, but not when it is cancelled.

caught by: test_afterwards_nobody_watches_the_socket
words: the call had ended, and the loop still watched the socket
"""

import asyncio


async def recv_or_none(sock, n, timeout):
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(sock, readable.set)
    try:
        await asyncio.wait_for(readable.wait(), timeout)
    except asyncio.TimeoutError:
        loop.remove_reader(sock)
        return None
    loop.remove_reader(sock)
    return sock.recv(n)
