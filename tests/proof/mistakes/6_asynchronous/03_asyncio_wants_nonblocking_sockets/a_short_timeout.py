"""Keeps the waits short with a timeout on the socket, and tries again.

caught by: test_a_nonblocking_socket_is_waited_for
words: the thread of the loop falls asleep outside of its selector
"""

import asyncio


async def recv_some(sock, n):
    sock.settimeout(0.05)
    while True:
        try:
            return sock.recv(n)
        except TimeoutError:
            await asyncio.sleep(0)
