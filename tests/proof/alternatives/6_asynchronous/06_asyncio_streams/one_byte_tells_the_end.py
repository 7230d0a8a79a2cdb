"""Reads one byte to tell the end from a frame, and waits before it takes the next body."""

import asyncio
from collections.abc import Iterable


async def read_frame(reader: asyncio.StreamReader, limit: int) -> bytes | None:
    first = await reader.read(1)
    if first == b"":
        return None
    size = 0
    for byte in first + await reader.readexactly(3):
        size = size << 8 | byte
    if size > limit:
        raise ValueError("over the limit")
    return await reader.readexactly(size) if size else b""


async def write_frames(writer: asyncio.StreamWriter, bodies: Iterable[bytes]) -> None:
    waiting = iter(bodies)
    while True:
        await writer.drain()
        try:
            body = next(waiting)
        except StopIteration:
            return
        writer.write(b"%c%c%c%c" % (*len(body).to_bytes(4, "big"),) + body)
