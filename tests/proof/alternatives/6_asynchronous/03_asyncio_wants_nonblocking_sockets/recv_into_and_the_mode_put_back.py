"""Receives into a buffer of its own, and puts the socket's timeout back."""

import asyncio
import socket


async def recv_some(sock: socket.socket, n: int) -> bytes:
    buffer = bytearray(n)
    timeout = sock.gettimeout()
    sock.settimeout(0)
    try:
        count = await asyncio.get_running_loop().sock_recv_into(sock, buffer)
    finally:
        if sock.fileno() != -1:
            sock.settimeout(timeout)
    return bytes(buffer[:count])
