"""Writes answer after answer, and never asks whether the client takes them.

caught by: test_a_client_that_does_not_read_gets_no_more_lookups
words: memory fills up
"""

import asyncio


async def serve_lookups(reader, writer, lookup):
    try:
        while line := await reader.readline():
            writer.write(await answer(lookup, line.removesuffix(b"\n")) + b"\n")
    except ConnectionError:
        pass
    finally:
        writer.close()


async def answer(lookup, name):
    try:
        return await asyncio.to_thread(lookup, name)
    except Exception as error:
        return b"error " + repr(error).encode()
