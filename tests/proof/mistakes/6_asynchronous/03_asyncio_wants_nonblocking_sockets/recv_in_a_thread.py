"""Lets a thread sleep in recv(), which a non-blocking socket does not let it.

caught by: test_a_nonblocking_socket_is_waited_for
words: nothing had come yet, and your code took that for an error: it is what the coroutine waits for
"""

import asyncio


async def recv_some(sock, n):
    return await asyncio.get_running_loop().run_in_executor(None, sock.recv, n)
