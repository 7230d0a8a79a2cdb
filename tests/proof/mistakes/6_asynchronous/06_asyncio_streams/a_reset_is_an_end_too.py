"""Catches whatever the reader raises before a frame: a reset looks like a good end.

caught by: test_a_reset_is_no_end
words: the peer reset, and your code took that for a good end
"""

import asyncio


async def read_frame(reader, limit):
    try:
        header = await reader.readexactly(4)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        if getattr(error, "partial", b""):
            raise
        return None
    size = int.from_bytes(header, "big")
    if size > limit:
        raise ValueError("too long")
    return await reader.readexactly(size)


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await writer.drain()
