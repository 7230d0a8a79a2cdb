"""Waits with add_reader() alone, and leaves the mode as it is: what is readable does not let recv() wait."""

import asyncio
import socket


async def recv_some(sock: socket.socket, n: int) -> bytes:
    loop = asyncio.get_running_loop()
    readable = loop.create_future()
    loop.add_reader(sock, lambda: readable.done() or readable.set_result(None))
    try:
        await readable
    finally:
        loop.remove_reader(sock)
    return sock.recv(n)
