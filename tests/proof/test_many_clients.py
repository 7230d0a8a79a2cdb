"""The server 7.1, run as people run it, holds a thousand streams of asyncio's at once, and echoes on each."""

from __future__ import annotations

import asyncio
import random
import resource
from collections.abc import Iterator

import pytest

from dojo.upkeep.served_program import serving

CLIENTS = 1000
SIZE = 4096


@pytest.fixture
def many_descriptors() -> Iterator[None]:
    """Room for a descriptor for each client; the server, a process of its own, inherits it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CLIENTS + 200
    if soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (ValueError, OSError):
            pytest.skip(f"a process may open {soft} descriptors here: a thousand clients were not tried")
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def echoed_on_all(port: int) -> int:
    """On how many connections the echo is what was sent; all of them are open before the first byte is sent."""
    # A hundred at a time: more might find the queue full, and a client then tries again after a second.
    streams = []
    for _ in range(CLIENTS // 100):
        streams += await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in range(100)))

    async def echoed(number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        data = random.Random(number).randbytes(SIZE)
        writer.write(data)
        return await reader.readexactly(SIZE) == data

    try:
        answers = await asyncio.gather(*(echoed(number, *stream) for number, stream in enumerate(streams)))
    finally:
        for _, writer in streams:
            writer.close()
    return sum(answers)


@pytest.mark.usefixtures("many_descriptors")
def test_a_thousand_streams_at_once_are_echoed() -> None:
    with serving("7.1") as served:
        assert asyncio.run(asyncio.wait_for(echoed_on_all(served.port), 60)) == CLIENTS
