"""Strips the line before it asks whether it is the end.

caught by: test_an_empty_line_is_no_end
words: an empty name, or one with blanks, was not looked up as it is
"""

import asyncio


async def serve_lookups(reader, writer, lookup):
    try:
        while line := (await reader.readline()).strip():
            writer.write(await answer(lookup, line.removesuffix(b"\n")) + b"\n")
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def answer(lookup, name):
    try:
        return await asyncio.to_thread(lookup, name)
    except Exception as error:
        return b"error " + repr(error).encode()
