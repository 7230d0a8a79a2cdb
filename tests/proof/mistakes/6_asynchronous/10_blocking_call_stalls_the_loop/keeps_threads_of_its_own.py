"""Has an executor of its own, and nobody ends its threads.

caught by: test_each_name_gets_its_answer
words: is still running
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(8)


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
        return await asyncio.get_running_loop().run_in_executor(POOL, lookup, name)
    except Exception as error:
        return b"error " + repr(error).encode()
