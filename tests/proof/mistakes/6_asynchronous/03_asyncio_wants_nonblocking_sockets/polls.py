"""Looks every ten milliseconds, with asyncio.sleep() in between.

caught by: test_a_nonblocking_socket_is_waited_for
words: it looks again and again whether something has come: nobody waits for the socket
"""

import asyncio


async def recv_some(sock, n):
    sock.setblocking(False)
    while True:
        try:
            return sock.recv(n)
        except BlockingIOError:
            await asyncio.sleep(0.01)
