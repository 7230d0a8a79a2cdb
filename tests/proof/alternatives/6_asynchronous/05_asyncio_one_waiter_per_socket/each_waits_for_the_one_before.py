"""A chain: each task waits for the end of the one before, however often it is cancelled itself."""

import asyncio
import socket


class SharedReceiver:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.last: asyncio.Future[None] | None = None

    async def recv(self, n: int) -> bytes:
        loop = asyncio.get_running_loop()
        before, mine = self.last, loop.create_future()
        self.last = mine
        try:
            if before is not None and not before.done():
                await asyncio.wait([before])
            return await loop.sock_recv(self.sock, n)
        finally:
            # Who is cancelled in the queue ends when the one before has ended.
            if before is None or before.done():
                mine.set_result(None)
            else:
                before.add_done_callback(lambda _: mine.set_result(None))
