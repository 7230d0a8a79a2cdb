"""Takes ConnectionError for the end of a client: ETIMEDOUT is none.

caught by: test_a_client_that_tcp_gives_up_ends_alone
words: your coroutine raised ETIMEDOUT
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
    except (ConnectionError, ValueError):
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
