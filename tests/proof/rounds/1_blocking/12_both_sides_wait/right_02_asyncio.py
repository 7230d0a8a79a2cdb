"""A right answer that runs a sender and a receiver as two tasks of an asyncio loop."""

import asyncio
import socket


async def receive(sock: socket.socket, n: int) -> bytes:
    loop = asyncio.get_running_loop()
    pieces = []
    while n > 0:
        piece = await loop.sock_recv(sock, min(n, 1 << 18))
        if not piece:
            raise EOFError(f"the peer has ended, {n} bytes are missing")
        pieces.append(piece)
        n -= len(piece)
    return b"".join(pieces)


async def both(sock: socket.socket, data: bytes, n: int) -> bytes:
    loop = asyncio.get_running_loop()
    jobs = [receive(sock, n)]
    if data:  # a send() of nothing can fail, too
        jobs.append(loop.sock_sendall(sock, data))
    return (await asyncio.gather(*jobs))[0]


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    try:
        sock.setblocking(False)
        return asyncio.run(both(sock, data, n))
    finally:
        sock.settimeout(timeout)
