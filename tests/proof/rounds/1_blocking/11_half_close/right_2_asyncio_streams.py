"""asyncio streams: open_connection(), write_eof() and read(-1), in an event loop of their own."""

import asyncio


async def converse(address: tuple[str, int], request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.write(request)
        await writer.drain()
        writer.write_eof()
        return await reader.read(-1)
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)  # the transport closes its socket in the next round


def ask(address: tuple[str, int], request: bytes) -> bytes:
    return asyncio.run(converse(address, request))
