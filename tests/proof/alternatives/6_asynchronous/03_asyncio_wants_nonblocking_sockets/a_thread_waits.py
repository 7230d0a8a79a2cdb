"""A thread of the executor waits for the socket and reads it; if somebody else was faster, it waits again."""

import asyncio
import select
import socket


def _receive(sock: socket.socket, n: int) -> bytes:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    while True:
        poll.poll()
        try:
            return sock.recv(n, socket.MSG_DONTWAIT)
        except OSError as error:
            # EAGAIN, or the socket's own timeout, which has no errno, while ETIMEDOUT has.
            if not isinstance(error, BlockingIOError) and error.errno is not None:
                raise


async def recv_some(sock: socket.socket, n: int) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(None, _receive, sock, n)
