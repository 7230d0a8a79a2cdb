"""Waits for a task with asyncio.wait(), and ends it on every way out."""

import asyncio
import socket


async def recv_or_none(sock: socket.socket, n: int, timeout: float) -> bytes | None:
    reading = asyncio.ensure_future(asyncio.get_running_loop().sock_recv(sock, n))
    try:
        done, _ = await asyncio.wait({reading}, timeout=timeout)
        return await reading if done else None
    finally:
        reading.cancel()
