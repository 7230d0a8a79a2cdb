"""Touches the loop's future in another thread, which does not wake the loop.

caught by: test_the_answer_wakes_a_loop_that_sleeps
words: lookup() returned in its thread, and your code did not wake the loop
"""

import asyncio
import threading


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
    found = asyncio.get_running_loop().create_future()

    def run():
        try:
            result = lookup(name)
        except Exception as error:
            found.set_exception(error)
        else:
            found.set_result(result)

    threading.Thread(target=run).start()
    try:
        return await found
    except Exception as error:
        return b"error " + repr(error).encode()
