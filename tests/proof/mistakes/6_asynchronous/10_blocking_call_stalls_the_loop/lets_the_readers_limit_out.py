"""Reads with readline(), and has no answer to the ValueError of a line that is beyond its limit.

caught by: test_a_long_name_is_answered_or_ends_its_client_alone
words: your coroutine raised ValueError for a long name
"""

import asyncio
from collections.abc import Callable


async def serve_lookups(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lookup: Callable[[bytes], bytes]
) -> None:
    """Answer the names of one client, until it ends; then close the connection.

    A reset of the client is its end, and no error.
    """
    try:
        # Only b"" is the end: an empty name comes with its newline.
        while line := await reader.readline():
            # One after the other: a task for each line would answer in the order of their luck.
            writer.write(await _answer(lookup, line.removesuffix(b"\n")) + b"\n")
            await writer.drain()
    except OSError:
        # The client is gone. That is no news for the server.
        pass
    finally:
        # On every way out, cancellation among them.
        writer.close()


async def _answer(lookup: Callable[[bytes], bytes], name: bytes) -> bytes:
    try:
        # Cancelling ends this await, and not the thread: that goes on until lookup() returns.
        return await asyncio.to_thread(lookup, name)
    except Exception as error:
        return b"error " + ascii(error).encode()
