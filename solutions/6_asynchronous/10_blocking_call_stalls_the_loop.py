"""6.10 blocking call stalls the loop: hand the call to a thread, and await what comes of it.

Python documentation, "Developing with asyncio", "Running Blocking Code": what blocks belongs
into an executor. `async def` makes nothing asynchronous: a coroutine gives the loop away only
where it awaits something that is not ready. asyncio.run() ends the threads of the default
executor, which asyncio.to_thread() uses.
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
    except ConnectionError:
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
        # Not BaseException: CancelledError is meant for us. The text may have lines of its own.
        return b"error " + " ".join(str(error).split()).encode()
