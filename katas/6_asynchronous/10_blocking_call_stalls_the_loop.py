"""6.10 blocking call stalls the loop

A loop does one thing at a time. A coroutine that makes a blocking call keeps the loop's
thread, and until the call returns nobody else is served: no client, no timer.

Below is a start with several mistakes. Fix serve_lookups(reader, writer, lookup), the
conversation with one client of a server. The server starts one for each client.
- A client sends names, one a line, without waiting for answers. A name is the line without
  its newline. It may be empty, and the last line may lack its newline.
- Send what lookup(name) returns, and a newline, for each name, in the order of the names.
  Answers that the client does not read must not fill the memory.
- You may close the connection if a name is longer than 64 KiB, the reader's limit.
- lookup is a plain function, and may sleep for as long as it likes. Meanwhile everything
  else on the loop goes on, other lookups too: call it in any thread, in several at once.
- If lookup raises an Exception, StopIteration too, answer this client alone: b"error " and a
  text of one line, lone surrogates escaped or left out. Then look up the next name.
- When the client has ended its side and has its answers, or is gone (any OSError), close
  the connection and return.
- If the coroutine is cancelled, close the connection and end at once as a cancelled one
  does, whatever lookup is doing. No thread of yours is left when the loop has ended.

Document: not in it; program 4 asks its operator by input(), and everybody waits.
"""

import asyncio
from collections.abc import Callable


async def serve_lookups(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lookup: Callable[[bytes], bytes]
) -> None:
    """Answer the names of one client, until it ends; then close the connection.

    An OSError of the connection is the client's end, and is not raised.
    """
    while name := (await reader.readline()).strip():
        writer.write(await _find(lookup, name) + b"\n")
        await writer.drain()
    writer.close()


async def _find(lookup: Callable[[bytes], bytes], name: bytes) -> bytes:
    """What lookup says, as a coroutine: while it is awaited the loop goes on."""
    return lookup(name)
