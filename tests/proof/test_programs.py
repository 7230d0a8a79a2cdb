"""The echo programs, run as people run them, answer clients that nobody here wrote: nc and asyncio's streams."""

from __future__ import annotations

import asyncio
import random
import signal
import socket
import subprocess

import pytest

from dojo.core.places import all_katas
from dojo.upkeep.served_program import serving
from proof.tools import tool

CLIENTS = 200
# Kata and what it says before it echoes.
ECHO = [(kata, greets) for kata, greets in (("3.11", True), ("5.10", False)) if kata in {k.id for k in all_katas()}]


async def echoed(port: int, greets: bool, number: int) -> bool:
    """Whether one client gets back what it sends, byte for byte."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    if greets:
        assert (await reader.readline()).startswith(b"welcome, 127.0.0.1 port ")
    data = random.Random(number).randbytes(10_000)
    writer.write(data)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer == data


@pytest.mark.parametrize(("kata", "greets"), ECHO)
def test_two_hundred_streams_at_once_are_echoed(kata: str, greets: bool) -> None:
    async def all_of_them(port: int) -> list[bool]:
        return await asyncio.gather(*(echoed(port, greets, number) for number in range(CLIENTS)))

    with serving(kata) as served:
        assert asyncio.run(all_of_them(served.port)) == [True] * CLIENTS


@pytest.mark.parametrize(("kata", "greets"), ECHO)
def test_nc_gets_its_lines_back(kata: str, greets: bool) -> None:
    nc = tool("nc", "the echo programs were not tried with it")
    with serving(kata) as served:
        ran = subprocess.run(
            [nc, "-N", "127.0.0.1", str(served.port)], input=b"hello\nworld\n", capture_output=True, timeout=20
        )
        assert ran.stdout.splitlines()[greets:] == [b"hello", b"world"]


@pytest.mark.parametrize(("kata", "greets"), ECHO)
def test_clients_that_vanish_leave_the_others_alone(kata: str, greets: bool) -> None:
    with serving(kata) as served:
        gone = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(100)]
        for number, sock in enumerate(gone):
            sock.sendall(b"\xe2\x82")  # a part of a character
            if number % 2:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            sock.close()
        assert asyncio.run(echoed(served.port, greets, 0))


def test_a_program_that_runs_in_the_background_can_be_interrupted() -> None:
    # So does a script's shell with what it starts with &.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with serving("1.14") as served:
            assert served.process.poll() is None
        assert served.process.returncode == 0
    finally:
        signal.signal(signal.SIGINT, before)
