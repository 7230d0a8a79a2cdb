"""Unusual: asyncio streams on a new event loop, with a write buffer of 0 so that drain() waits for everything."""

import asyncio
import contextlib
import errno
import os


def ask(address: tuple[str, int], request: bytes) -> bytes:
    return asyncio.run(_ask(address, request))


async def _ask(address: tuple[str, int], request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.transport.set_write_buffer_limits(0)
        writer.write(request)
        await writer.drain()
        if writer.transport.is_closing():
            raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
        writer.write_eof()
        return await reader.read()
    finally:
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
