"""Asks partial alone whether an end is good: with the length read, and nothing of the body, it is not.

caught by: test_an_end_inside_the_body_is_an_error
words: the stream ended before the body was whole, and the caller never finds out
"""

import asyncio


async def read_frame(reader, limit):
    try:
        size = int.from_bytes(await reader.readexactly(4), "big")
        if size > limit:
            raise ValueError("too long")
        return await reader.readexactly(size)
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await writer.drain()
