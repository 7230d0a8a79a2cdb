"""Takes everything out of the reader and drops what follows the frame.

caught by: test_what_follows_a_frame_stays_in_the_reader
words: a call did not take one frame, and leave what follows it
"""

import asyncio


async def read_frame(reader, limit):
    data = b""
    while len(data) < 4 or len(data) < 4 + int.from_bytes(data[:4], "big"):
        piece = await reader.read(65536)
        if not piece:
            if data:
                raise EOFError
            return None
        data += piece
        if len(data) >= 4 and int.from_bytes(data[:4], "big") > limit:
            raise ValueError("too long")
    return data[4 : 4 + int.from_bytes(data[:4], "big")]


async def write_frames(writer, bodies):
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big") + body)
        await writer.drain()
