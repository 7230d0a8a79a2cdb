"""An asyncio.Lock, and sock_recv() inside."""

import asyncio
import socket


class SharedReceiver:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.lock = asyncio.Lock()

    async def recv(self, n: int) -> bytes:
        async with self.lock:
            return await asyncio.get_running_loop().sock_recv(self.sock, n)
