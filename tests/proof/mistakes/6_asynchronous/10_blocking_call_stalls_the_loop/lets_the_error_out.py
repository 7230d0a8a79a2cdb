"""Lets an error of the lookup out: the client's conversation ends with it.

caught by: test_an_error_of_lookup_is_an_answer
words: LookupError
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
    return await asyncio.to_thread(lookup, name)
