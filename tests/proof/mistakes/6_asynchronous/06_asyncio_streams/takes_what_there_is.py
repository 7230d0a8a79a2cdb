"""Reads the body with read(n), which returns what there is.

caught by: test_a_frame_that_comes_in_pieces_is_put_together
words: a frame came in pieces, and your code took a piece for the whole
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
    body = await reader.read(size)
    if size and not body:
        raise EOFError
    return body


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await writer.drain()
