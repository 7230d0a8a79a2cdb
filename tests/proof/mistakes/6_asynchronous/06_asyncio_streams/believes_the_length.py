"""Reads the body first and measures it then: whoever promises 4 GiB is believed.

caught by: test_a_length_over_the_limit_is_refused_before_the_body
words: the length was over the limit, and your code did not raise: do not wait for the body
"""

import asyncio


async def read_frame(reader, limit):
    try:
        header = await reader.readexactly(4)
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    body = await reader.readexactly(int.from_bytes(header, "big"))
    if len(body) > limit:
        raise ValueError("too long")
    return body


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await writer.drain()
