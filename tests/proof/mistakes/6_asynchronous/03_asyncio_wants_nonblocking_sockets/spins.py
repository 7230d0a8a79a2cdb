"""Lets the others run with sleep(0), and so the thread never sleeps.

caught by: test_the_loop_sleeps_in_its_selector_not_in_recv
words: a busy loop
"""

import asyncio


async def recv_some(sock, n):
    sock.setblocking(False)
    while True:
        try:
            return sock.recv(n)
        except BlockingIOError:
            await asyncio.sleep(0)
