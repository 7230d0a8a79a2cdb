"""Lets one lookup begin when the one before is done.

caught by: test_two_lookups_sleep_at_the_same_time
words: one lookup slept, and the second one did not even begin
"""

import asyncio

lock = asyncio.Lock()


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
        async with lock:
            return await asyncio.to_thread(lookup, name)
    except Exception as error:
        return b"error " + repr(error).encode()
