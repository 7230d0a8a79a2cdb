"""Reads ahead in a task: a line that is beyond the reader's limit ends that task, and the other one waits for ever.

caught by: test_a_long_name_is_answered_or_ends_its_client_alone
words: your coroutine neither answered a long name nor closed
"""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


async def _read(reader: asyncio.StreamReader, lines: "asyncio.Queue[bytes]") -> None:
    with contextlib.suppress(ConnectionError):
        while line := await reader.readline():
            await lines.put(line)
    await lines.put(b"")


async def serve_lookups(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lookup: Callable[[bytes], bytes]
) -> None:
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[bytes] = asyncio.Queue(10)
    pool = ThreadPoolExecutor(max_workers=1)
    reading = loop.create_task(_read(reader, lines))
    try:
        while line := await lines.get():
            name, _, _ = line.partition(b"\n")
            try:
                answer = await loop.run_in_executor(pool, lookup, name)
            except Exception as error:
                answer = b"error %s" % type(error).__name__.encode()
            try:
                writer.write(answer + b"\n")
                await writer.drain()
            except ConnectionError:
                break
    finally:
        reading.cancel()
        pool.shutdown(wait=False)
        writer.close()
