"""Tells the end by an empty body.

caught by: test_an_empty_body_is_a_message
words: an empty body came, and your code did not return it: it is a message, and not the end
"""

import asyncio


async def read_frame(reader, limit):
    try:
        header = await reader.readexactly(4)
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    size = int.from_bytes(header, "big")
    if size > limit:
        raise ValueError("too long")
    return await reader.readexactly(size)


full = read_frame


async def read_frame(reader, limit):
    return (await full(reader, limit)) or None


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await writer.drain()
