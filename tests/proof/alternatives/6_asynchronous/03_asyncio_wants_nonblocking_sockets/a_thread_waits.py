"""A thread of the executor waits for the socket and reads it."""

import asyncio
import select
import socket


def _receive(sock: socket.socket, n: int) -> bytes:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    poll.poll()
    return sock.recv(n)


async def recv_some(sock: socket.socket, n: int) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(None, _receive, sock, n)
