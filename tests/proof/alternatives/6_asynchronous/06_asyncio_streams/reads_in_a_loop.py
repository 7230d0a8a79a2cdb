"""Puts the frame together itself, with read(n) in a loop, and looks into the transport's buffer before it drains."""

import asyncio
import struct
from collections.abc import Iterable

LENGTH = struct.Struct("!I")


async def _take(reader: asyncio.StreamReader, size: int) -> bytes:
    taken = bytearray()
    while len(taken) < size and (piece := await reader.read(size - len(taken))):
        taken += piece
    return bytes(taken)


async def read_frame(reader: asyncio.StreamReader, limit: int) -> bytes | None:
    header = await _take(reader, LENGTH.size)
    if not header:
        return None
    if len(header) < LENGTH.size:
        raise EOFError("the stream ends inside a length")
    (size,) = LENGTH.unpack(header)
    if size > limit:
        raise ValueError("this frame is too long")
    body = await _take(reader, size)
    if len(body) < size:
        raise EOFError("the stream ends inside a body")
    return body


async def write_frames(writer: asyncio.StreamWriter, bodies: Iterable[bytes]) -> None:
    for body in bodies:
        writer.write(LENGTH.pack(len(body)) + body)
        if writer.transport.is_closing() or writer.transport.get_write_buffer_size() > 0:
            await writer.drain()
