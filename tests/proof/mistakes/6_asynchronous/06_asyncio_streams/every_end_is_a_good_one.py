"""Takes every end of the stream for a good one.

caught by: test_an_end_inside_the_length_is_an_error
words: in the middle of a length
"""

import asyncio


async def read_frame(reader, limit):
    try:
        size = int.from_bytes(await reader.readexactly(4), "big")
        if size > limit:
            raise ValueError("too long")
        return await reader.readexactly(size)
    except asyncio.IncompleteReadError:
        return None


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await writer.drain()
