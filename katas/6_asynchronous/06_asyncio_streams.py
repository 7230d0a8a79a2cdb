"""6.6 asyncio streams

A stream keeps no messages, and asyncio's streams do not either. So both sides agree on
frames: four bytes that hold the length of the body, the most significant first, and then
the body, which may be empty.

Below are a reader and a writer of frames, wrong in several places. Fix them.

read_frame(reader, limit):
- Return the body of the next frame, whole, however many pieces it comes in. Leave what
  follows the frame in the reader.
- Return None if the stream ends between two frames. An end inside a frame is an error.
- A length over the limit is an error too, and is known before any of the body has come.

write_frames(writer, bodies):
- Send each body as a frame, in order.
- Take a body only when it can be sent: while the peer does not read, wait, and keep
  little in memory.
- Do not close the writer.

In both, let an error of the connection propagate.

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
