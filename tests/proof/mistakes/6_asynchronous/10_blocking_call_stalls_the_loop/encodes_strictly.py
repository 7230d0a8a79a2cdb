"""Encodes the text of an exception as it is: UTF-8 has no lone surrogates, and the error of that ends the client.

caught by: test_any_exception_of_lookup_is_an_answer
words: lookup() raised ValueError, and your coroutine did not tell the client
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
    except (OSError, ValueError):
        pass
    finally:
        # On every way out, cancellation among them.
        writer.close()


async def _answer(lookup: Callable[[bytes], bytes], name: bytes) -> bytes:
    try:
        # Cancelling ends this await, and not the thread: that goes on until lookup() returns.
        return await asyncio.to_thread(lookup, name)
    except Exception as error:
        # Not BaseException: CancelledError is meant for us. The text may have lines of its own.
        return b"error " + " ".join(str(error).split()).encode()
