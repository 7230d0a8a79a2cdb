"""A thread of its own for each lookup, which tells the loop by call_soon_threadsafe()."""

import asyncio
import threading
from collections.abc import Callable


class Lookup(threading.Thread):
    def __init__(self, function: Callable[[bytes], bytes], name: bytes) -> None:
        super().__init__()
        self.function, self.argument = function, name
        self.loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[bytes] = self.loop.create_future()

    def run(self) -> None:
        try:
            answer = self.function(self.argument)
        except Exception as error:
            answer = b"error " + repr(error).encode()
        try:
            self.loop.call_soon_threadsafe(self.tell, answer)
        except RuntimeError:  # the loop has ended meanwhile
            pass

    def tell(self, answer: bytes) -> None:
        if not self.answer.cancelled():
            self.answer.set_result(answer)


async def serve_lookups(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lookup: Callable[[bytes], bytes]
) -> None:
    try:
        async for line in reader:
            asked = Lookup(lookup, line[:-1] if line.endswith(b"\n") else line)
            asked.start()
            writer.write(await asked.answer)
            writer.write(b"\n")
            await writer.drain()
    except (OSError, ValueError):  # the client is gone, or its line is beyond the reader's limit
        writer.transport.abort()
    finally:
        writer.close()
