"""6.6 asyncio streams

A stream keeps no messages, in asyncio as little as anywhere. So both sides agree on
frames: four bytes that hold the length of the body, the most significant first, and
then the body, which may be empty.

Below are a reader and a writer of frames, wrong in several places. Fix them.

read_frame(reader, limit) returns the body of the next frame, whole, however many pieces
it comes in. What follows the frame stays in the reader. None is the end of the stream
in its one good place, between two frames. An end inside a frame is an error, and so is
a length over the limit, which is known before any of the body has come.

write_frames(writer, bodies) sends each body as a frame, in order. It takes a body only
when it can get rid of it: while the peer does not read, it waits, and little is kept in
memory. It does not close the writer.

An error of the connection propagates from both.

Document: not in it; its receivers take each recv() for a message, and its asynchronous
I/O is one line without a program.
"""

import asyncio
from collections.abc import Iterable


async def read_frame(reader: asyncio.StreamReader, limit: int) -> bytes | None:
    """Read one frame; its body may have up to `limit` bytes.

    Returns the body, or None at the end of the stream. Raises EOFError if the
    stream ends inside a frame, ValueError if the body is longer than `limit`,
    and OSError if the connection has failed.
    """
    try:
        header = await reader.readexactly(4)
    except asyncio.IncompleteReadError:
        return None
    body = await reader.read(int.from_bytes(header, "big"))
    if len(body) > limit:
        raise ValueError(f"the frame is longer than {limit} bytes")
    return body or None


async def write_frames(writer: asyncio.StreamWriter, bodies: Iterable[bytes]) -> None:
    """Write each body as a frame, and wait while too much is on its way.

    Raises OSError if the connection has failed.
    """
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big"))
        writer.write(body)
