"""Takes cancellation for an error of the lookup.

caught by: test_cancelled_it_closes_and_ends_at_once
words: took that for an error of lookup()
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
        return await asyncio.to_thread(lookup, name)
    except BaseException as error:
        return b"error " + repr(error).encode()
