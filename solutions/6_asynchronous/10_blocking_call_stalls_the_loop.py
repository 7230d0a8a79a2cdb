"""6.10 blocking call stalls the loop: hand the call to a thread, and await what comes of it.

Python documentation, "Developing with asyncio", "Running Blocking Code": what blocks belongs
into an executor. `async def` makes nothing asynchronous: a coroutine gives the loop away only
where it awaits something that is not ready. asyncio.run() ends the threads of the default
executor, which asyncio.to_thread() uses. "Streams": a reader has a limit, 64 KiB unless it was
made with another, and readline() raises ValueError for a line beyond it.
"""

import asyncio
import traceback
from collections.abc import Callable

LONGEST = 1_000_000  # bytes of a name; whoever sends a longer one is sent away


async def serve_lookups(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lookup: Callable[[bytes], bytes]
) -> None:
    """Answer the names of one client, until it ends; then close the connection.

    An OSError of the connection is the client's end, and is not raised.
    """
    try:
        # Only b"" is the end: an empty name comes with its newline.
        while line := await _line(reader):
            # One after the other: a task for each line would answer in the order of their luck. Cancelling ends
            # this await, and not the thread: that goes on until lookup() returns.
            writer.write(await asyncio.to_thread(_answer, lookup, line.removesuffix(b"\n")) + b"\n")
            await writer.drain()
    except OSError:
        # A reset, or ETIMEDOUT: the client is gone. That is no news for the server.
        pass
    finally:
        # On every way out, cancellation among them.
        writer.close()


async def _line(reader: asyncio.StreamReader) -> bytes:
    """The next line, with its newline unless the stream ends first; b"" behind the last one, or if it is too long."""
    line = bytearray()
    while len(line) <= LONGEST:
        try:
            return bytes(line + await reader.readuntil())
        except asyncio.IncompleteReadError as end:
            return bytes(line + end.partial)
        except asyncio.LimitOverrunError as beyond:
            # Unlike readline(), this leaves in the reader what it has found to be too much.
            line += await reader.readexactly(beyond.consumed)
    return b""


def _answer(lookup: Callable[[bytes], bytes], name: bytes) -> bytes:
    """In a thread: what lookup() returns, or its exception as a line."""
    try:
        return lookup(name)
    except Exception as error:
        # Caught in here, because not every exception arrives at who awaits the thread: a future refuses StopIteration
        # before Python 3.13, and makes a cancellation of concurrent.futures' CancelledError.
        text = " ".join("".join(traceback.format_exception_only(error)).split())
        # A file name of Linux in it may have lone surrogates (PEP 383), which UTF-8 has not.
        return b"error " + text.encode(errors="backslashreplace")
