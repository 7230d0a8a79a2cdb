"""Calls the lookup in a coroutine, and takes that for asynchronous.

caught by: test_a_lookup_that_sleeps_holds_nobody_else_up
words: the loop's thread slept with it
"""

import asyncio


async def serve_lookups(reader, writer, lookup):
    try:
        while line := await reader.readline():
            writer.write(await answer(lookup, line.removesuffix(b"\n")) + b"\n")
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def answer(lookup, name):
    try:
        return lookup(name)
    except Exception as error:
        return b"error " + repr(error).encode()
