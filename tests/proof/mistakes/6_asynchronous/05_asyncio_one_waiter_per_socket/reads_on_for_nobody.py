"""A task of its own reads all the time, also what nobody has asked for.

caught by: test_while_nobody_waits_the_bytes_stay_in_the_kernel
words: nobody had asked for these 5 bytes, and your code took them from the kernel
"""

import asyncio


class SharedReceiver:
    def __init__(self, sock):
        self.sock = sock
        self.pieces = asyncio.Queue()
        self.reading = None

    async def read(self):
        data = None
        while data != b"":
            data = await asyncio.get_running_loop().sock_recv(self.sock, 65536)
            await self.pieces.put(data)

    async def recv(self, n):
        if self.reading is None:
            self.reading = asyncio.ensure_future(self.read())
        return (await self.pieces.get())[:n]
