"""The echo programs, run as people run them, answer clients that nobody here wrote: nc and asyncio's streams."""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dojo.places import ROOT, all_katas

CLIENTS = 200
# Kata and what it says before it echoes.
ECHO = [(kata, greets) for kata, greets in (("3.11", True), ("5.10", False)) if kata in {k.id for k in all_katas()}]


@contextmanager
def serving(kata: str) -> Iterator[int]:
    """The reference of a program on a free port; it must still be there at the end."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "MAKE"))}
    run = subprocess.Popen(
        [sys.executable, "-m", "dojo", "run"],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": "tests", "K": kata, "SIDE": "solutions", "PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert run.stdout is not None
        found = re.search(r"port (\d+);", run.stdout.readline())
        assert found
        yield int(found[1])
        assert run.poll() is None, "the server has ended"
    finally:
        run.send_signal(signal.SIGINT)
        output, _ = run.communicate(timeout=20)
        assert "Traceback" not in output


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

    with serving(kata) as port:
        assert asyncio.run(all_of_them(port)) == [True] * CLIENTS


@pytest.mark.parametrize(("kata", "greets"), ECHO)
def test_nc_gets_its_lines_back(kata: str, greets: bool) -> None:
    nc = shutil.which("nc")
    if nc is None:
        pytest.skip("nc is not installed: the echo programs were not tried with it")
    with serving(kata) as port:
        ran = subprocess.run(
            [nc, "-N", "127.0.0.1", str(port)], input=b"hello\nworld\n", capture_output=True, timeout=20
        )
        assert ran.stdout.splitlines()[greets:] == [b"hello", b"world"]


@pytest.mark.parametrize(("kata", "greets"), ECHO)
def test_clients_that_vanish_leave_the_others_alone(kata: str, greets: bool) -> None:
    with serving(kata) as port:
        gone = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
        for number, sock in enumerate(gone):
            sock.sendall(b"\xe2\x82")  # a part of a character
            if number % 2:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            sock.close()
        assert asyncio.run(echoed(port, greets, 0))
