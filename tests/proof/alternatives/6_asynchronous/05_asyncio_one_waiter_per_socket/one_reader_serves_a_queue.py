"""One callback in the selector, and a queue of futures: the callback serves as many as there are bytes for."""

import asyncio
import socket
from collections import deque


class SharedReceiver:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.waiting: deque[tuple[asyncio.Future[bytes], int]] = deque()

    def _serve(self) -> None:
        while self.waiting:
            future, n = self.waiting[0]
            if not future.done():
                try:
                    future.set_result(self.sock.recv(n))
                except BlockingIOError:
                    return
                except OSError as error:
                    future.set_exception(error)
            self.waiting.popleft()
        asyncio.get_running_loop().remove_reader(self.sock)

    async def recv(self, n: int) -> bytes:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[bytes] = loop.create_future()
        self.waiting.append((future, n))
        loop.add_reader(self.sock, self._serve)
        try:
            return await future
        finally:
            if all(other.done() for other, _ in self.waiting):
                self.waiting.clear()
                loop.remove_reader(self.sock)
