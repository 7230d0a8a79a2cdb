"""Waits with add_reader(), and leaves it in place when it returns.

caught by: test_afterwards_nobody_watches_the_socket
words: the loop still watched the socket: with more data it never sleeps again
"""

import asyncio


async def recv_some(sock, n):
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(sock, readable.set)
    await readable.wait()
    return sock.recv(n)
