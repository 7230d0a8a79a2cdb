"""Looks every ten milliseconds, with asyncio.sleep() in between.

caught by: test_a_nonblocking_socket_is_waited_for
words: your code looked again and again whether something had come: wait for the socket
"""

import asyncio


async def recv_some(sock, n):
    sock.setblocking(False)
    while True:
        try:
            return sock.recv(n)
        except BlockingIOError:
            await asyncio.sleep(0.01)
