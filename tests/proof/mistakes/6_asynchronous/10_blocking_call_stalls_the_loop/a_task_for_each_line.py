"""Starts a task for each line: the quick ones overtake the slow one.

caught by: test_a_client_gets_its_answers_in_order
words: in the order of the names
"""

import asyncio


async def serve_lookups(reader, writer, lookup):
    tasks = []
    try:
        while line := await reader.readline():
            tasks.append(asyncio.create_task(reply(writer, lookup, line.removesuffix(b"\n"))))
        await asyncio.gather(*tasks)
    except ConnectionError:
        pass
    finally:
        writer.close()


async def reply(writer, lookup, name):
    writer.write(await answer(lookup, name) + b"\n")
    await writer.drain()


async def answer(lookup, name):
    try:
        return await asyncio.to_thread(lookup, name)
    except Exception as error:
        return b"error " + repr(error).encode()
