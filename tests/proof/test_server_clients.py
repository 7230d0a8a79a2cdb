"""The servers of chapter 7 that pass on, stop and fork, run as people run them, with clients that nobody here wrote."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.core.places import all_katas
from dojo.core.processes import children
from dojo.upkeep.served_program import Served, serving
from proof.tools import tool

IDS = {kata.id for kata in all_katas()}
CLIENTS = 200
PAUSE = threading.Event()  # between two looks; nobody sets it
LONG = random.Random(7).randbytes(3_000_000)

relay = pytest.mark.skipif(not {"5.10", "7.5"} <= IDS, reason="the relay 7.5 or its upstream 5.10 is not there")
graceful = pytest.mark.skipif("7.6" not in IDS, reason="the server 7.6 is not there")
prefork = pytest.mark.skipif("7.8" not in IDS, reason="the server 7.8 is not there")


def until(condition: Callable[[], bool], what: str) -> None:
    """Look again until it is so; fails after twenty seconds."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, f"still waiting for {what}"
        PAUSE.wait(0.005)


def refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=20).close()
    except ConnectionRefusedError:
        return True
    return False


def established(port: int) -> int:
    """How many connections the server's side has complete: the client's side may be a moment ahead (proc(5))."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def everything(sock: socket.socket) -> bytes:
    return b"".join(iter(lambda: sock.recv(65536), b""))


def talk(port: int, words: bytes) -> bytes:
    """What comes back through nc, which ends its side when it has sent all."""
    nc = tool("nc", "the relay was not tried with it")
    return subprocess.run([nc, "-N", "127.0.0.1", str(port)], input=words, capture_output=True, timeout=30).stdout


@relay
@pytest.mark.parametrize("words", [b"hello\nworld\n", LONG], ids=["two lines", "3 MB"])
def test_nc_gets_everything_back_through_the_relay(words: bytes) -> None:
    with serving("5.10") as upstream, serving("7.5", to=upstream.port) as served:
        answer = talk(served.port, words)
        assert len(answer) == len(words)
        assert answer == words


@relay
def test_the_relay_outlives_its_upstream_and_its_clients() -> None:
    with serving("5.10") as upstream, serving("7.5", to=upstream.port) as served:
        silent = connected(served.port)
        for number in range(50):
            with connected(served.port) as gone:
                gone.sendall(b"I am about to")
                if number % 2:
                    gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        with connected(served.port) as client:
            client.sendall(b"hello")
            client.shutdown(socket.SHUT_WR)
            assert everything(client) == b"hello"
    # Both have been stopped, and the client that said nothing all the time is told.
    with silent:
        assert silent.recv(1) == b""


@graceful
def test_sigterm_loses_nothing_and_lets_nobody_in() -> None:
    with pytest.raises(RuntimeError, match="has ended"), serving("7.6") as served:
        clients = [connected(served.port) for _ in range(20)]
        for number, client in enumerate(clients):
            client.sendall(b"before %d " % number)
        if sys.platform == "linux":
            until(lambda: established(served.port) == len(clients), "the connections to be complete")
        served.process.send_signal(signal.SIGTERM)
        until(lambda: refuses(served.port), "the listener to be closed")
        # The door is shut, and everybody inside is still served, to the end.
        for client in clients:
            client.sendall(b"and after")
            client.shutdown(socket.SHUT_WR)
        for number, client in enumerate(clients):
            assert everything(client) == b"before %d and after" % number
            client.close()
        assert served.process.wait(timeout=20) == 0


async def answered(port: int, number: int) -> set[int]:
    """By whom one client's lines are answered, each as it should be."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found = set()
    for line in (b"client %d\n" % number, b"again\n", b"%d\n" % number * 100):
        writer.write(line)
        await writer.drain()
        for part in line.splitlines(keepends=True):
            who, _, rest = (await reader.readline()).partition(b" ")
            assert rest == part
            found.add(int(who))
    writer.close()
    await writer.wait_closed()
    return found


def workers_of(served: Served) -> set[int]:
    return set(children(served.pid))


@prefork
def test_two_hundred_streams_are_dealt_out_to_two_workers() -> None:
    async def all_of_them(port: int) -> list[set[int]]:
        return await asyncio.gather(*(answered(port, number) for number in range(CLIENTS)))

    with serving("7.8") as served:
        found = asyncio.run(all_of_them(served.port))
        assert {len(who) for who in found} == {1}, "a client was served by more than one process"
        assert len(set().union(*found) | {served.pid}) <= 3, "there are two workers, and their parent serves nobody"


@prefork
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="without /proc nobody tells a process's children")
def test_a_killed_worker_is_replaced_and_at_the_end_none_is_left() -> None:
    with serving("7.8") as served:
        (killed,) = asyncio.run(answered(served.port, 0))
        os.kill(killed, signal.SIGKILL)
        until(lambda: len(workers_of(served) - {killed}) == 2 and killed not in workers_of(served), "another worker")
        for number in range(20):
            assert killed not in asyncio.run(answered(served.port, number))
        left = workers_of(served)
    for pid in left:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
