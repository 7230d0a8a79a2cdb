"""Makes each call non-blocking with a flag: on a socket with a timeout Python waits all the same.

caught by: test_the_loop_sleeps_in_its_selector_not_in_recv
words: nothing had come yet, and your code took that for an error: it is what the coroutine waits for
"""

import asyncio
import socket


async def recv_some(sock, n):
    loop = asyncio.get_running_loop()
    while True:
        try:
            return sock.recv(n, socket.MSG_DONTWAIT)
        except BlockingIOError:
            readable = asyncio.Event()
            loop.add_reader(sock, readable.set)
            try:
                await readable.wait()
            finally:
                loop.remove_reader(sock)
