"""6.6 asyncio streams: readexactly() knows a whole message from a part, and drain() is where a writer waits.

Python documentation, asyncio streams: read(n) returns up to n bytes, readexactly(n) returns
n or raises IncompleteReadError, an EOFError that holds what there was. write() never waits:
what the socket does not take is kept in memory. drain() waits while that is too much.
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
    except asyncio.IncompleteReadError as error:
        # Nothing at all came: the end stands between two frames. A part of a length is no good end.
        if error.partial:
            raise
        return None
    size = int.from_bytes(header, "big")
    # The length is the peer's word. Who believes it can be made to wait for 4 GiB, and to keep them.
    if size > limit:
        raise ValueError(f"a frame of {size} bytes, and the limit is {limit}")
    # Outside of the try: with its length read, a frame that does not come is always an error,
    # also when nothing of the body is there. An empty body is there at once.
    return await reader.readexactly(size)


async def write_frames(writer: asyncio.StreamWriter, bodies: Iterable[bytes]) -> None:
    """Write each body as a frame, and wait while too much is on its way.

    Raises OSError if the connection has failed.
    """
    for body in bodies:
        writer.write(len(body).to_bytes(4, "big"))
        writer.write(body)
        # After each frame: it returns at once while little is pending. It is also the call that
        # tells of a lost connection; write() to one does nothing.
        await writer.drain()
