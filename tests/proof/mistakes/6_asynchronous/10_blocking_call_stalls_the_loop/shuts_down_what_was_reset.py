"""Ends the connection with shutdown() before it closes it, which fails for a client that has reset.

caught by: test_a_client_that_resets_ends_alone
words: your coroutine raised for a client that had reset: that is its end, and not an error
"""

import asyncio
import socket
import traceback
from collections.abc import Callable

LONGEST = 1000000


async def serve_lookups(reader, writer, lookup):
    try:
        while line := (await _line(reader)):
            writer.write(await asyncio.to_thread(_answer, lookup, line.removesuffix(b"\n")) + b"\n")
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        writer.close()


async def _line(reader):
    line = bytearray()
    while len(line) <= LONGEST:
        try:
            return bytes(line + await reader.readuntil())
        except asyncio.IncompleteReadError as end:
            return bytes(line + end.partial)
        except asyncio.LimitOverrunError as beyond:
            line += await reader.readexactly(beyond.consumed)
    return b""


def _answer(lookup, name):
    try:
        return lookup(name)
    except Exception as error:
        text = " ".join("".join(traceback.format_exception_only(error)).split())
        return b"error " + text.encode(errors="backslashreplace")
