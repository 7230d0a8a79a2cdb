"""An asyncio stream: write_eof() ends the request, read() returns the whole reply."""

import asyncio


async def _ask(address: tuple[str, int], request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    try:
        writer.write(request)
        writer.write_eof()
        return await reader.read()
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except OSError:
            pass


def ask(address: tuple[str, int], request: bytes) -> bytes:
    return asyncio.run(_ask(address, request))
