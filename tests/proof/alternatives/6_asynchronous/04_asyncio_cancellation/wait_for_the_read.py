"""Puts the whole read under the limit: wait_for() cancels it, and it removes its reader."""

import asyncio
import socket


async def recv_or_none(sock: socket.socket, n: int, timeout: float) -> bytes | None:
    try:
        return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(sock, n), timeout)
    except asyncio.TimeoutError:
        return None
