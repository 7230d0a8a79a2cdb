"""Has a thread for the lookup, and waits for its result in the loop's own thread.

caught by: test_everything_else_on_the_loop_goes_on
words: the loop's thread slept with it
"""

from concurrent.futures import ThreadPoolExecutor


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
    pool = ThreadPoolExecutor()
    try:
        return pool.submit(lookup, name).result()
    except Exception as error:
        return b"error " + repr(error).encode()
    finally:
        pool.shutdown()
