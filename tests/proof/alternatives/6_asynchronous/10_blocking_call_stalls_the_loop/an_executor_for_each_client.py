"""An executor for each client, which does not wait for its thread at the end; a task reads ahead into a queue."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


async def _read(reader: asyncio.StreamReader, lines: "asyncio.Queue[bytes]") -> None:
    # ValueError: the line is beyond the reader's limit.
    with contextlib.suppress(OSError, ValueError):
        while line := await reader.readline():
            await lines.put(line)
    await lines.put(b"")


def _find(lookup: Callable[[bytes], bytes], name: bytes) -> bytes:
    try:
        return lookup(name)
    except Exception as error:
        return b"error %s" % type(error).__name__.encode()


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
            writer.write(await loop.run_in_executor(pool, _find, lookup, name) + b"\n")
            await writer.drain()
    except OSError:
        pass
    finally:
        reading.cancel()
        pool.shutdown(wait=False)
        writer.close()
