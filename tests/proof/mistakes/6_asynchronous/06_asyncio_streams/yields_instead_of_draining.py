"""Gives the loop a turn after each frame, which is no wait for the peer.

caught by: test_it_waits_for_a_peer_that_does_not_read
words: the peer did not read, and your code still took every body: memory fills up
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


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await asyncio.sleep(0)
