"""Two asyncio tasks, one for each direction."""

import asyncio
import socket


async def _receive(sock: socket.socket, n: int) -> bytes:
    loop = asyncio.get_running_loop()
    received = b""
    while len(received) < n:
        piece = await loop.sock_recv(sock, n - len(received))
        if not piece:
            raise EOFError(f"{len(received)} of {n} bytes")
        received += piece
    return received


async def _both(sock: socket.socket, data: bytes, n: int) -> bytes:
    loop = asyncio.get_running_loop()
    received, _ = await asyncio.gather(_receive(sock, n), loop.sock_sendall(sock, data))
    return received


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        return asyncio.run(_both(sock, data, n))
    finally:
        sock.settimeout(before)
