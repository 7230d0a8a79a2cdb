"""The part of `make bench` about the whole servers: how many 7.1 holds and how fast it is, and real load generators."""

from __future__ import annotations

import contextlib
import multiprocessing
import re
import resource
import select
import shutil
import socket
import statistics
import subprocess
import time

from dojo.core.places import all_katas
from dojo.core.processes import processor_time
from dojo.upkeep.served_program import Served, asyncio_server, received, serving

HELD = 5000
PLAYERS = 200  # connections of the throughput
MESSAGE = bytes(1024)
SECONDS = 1.0  # for one measurement
ROUNDS = 6  # the first is not counted: each server is still cold
REQUESTS = 100_000


def run() -> None:
    """Print every figure with what it is to reach."""
    there = {kata.id for kata in all_katas()}
    if "7.1" in there:
        _held()
        _throughput()
    if "7.2" in there:
        _tool("wrk", "7.2", "wrk -c 200 -t 2 -d 3s http://127.0.0.1:{}/", r"Requests/sec: +([\d.]+)", "requests/s")
    if "7.3" in there:
        command = f"redis-benchmark -p {{}} -t ping,set,get -P 16 -n {REQUESTS} -q"
        _tool("redis-benchmark", "7.3", command, r"GET: ([\d.]+) requests", "GET/s")


def _held() -> None:
    """Hold many connections at once, and have something echoed on each of them."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = HELD if hard == resource.RLIM_INFINITY else min(HELD, hard - 200)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted + 200, hard))
    with serving("7.1") as served, contextlib.ExitStack() as undo:
        began = time.perf_counter()
        clients = [
            undo.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=20)) for _ in range(wanted)
        ]
        wrong = 0
        for number, client in enumerate(clients):
            client.sendall(b"%01023d\n" % number)
        for number, client in enumerate(clients):
            wrong += received(client, len(MESSAGE)) != b"%01023d\n" % number
        took = time.perf_counter() - began
    print(
        f"7.1, {wanted:,} connections held        {took * 1000:7.0f} ms  {wrong} without their echo (none; of {HELD:,})"
    )


def _throughput() -> None:
    """Messages there and back, 7.1 and asyncio's protocol-based server by turns."""
    figures: list[tuple[float, float, float, float]] = []
    with serving("7.1") as ours, asyncio_server("asyncio") as theirs:
        for _ in range(ROUNDS):
            figures.append((*_played(theirs), *_played(ours)))
    asyncio_rate, asyncio_cost, rate, cost = (statistics.median(column) for column in zip(*figures[1:], strict=True))
    ratio = statistics.median(row[2] / row[0] for row in figures[1:])
    print(f"asyncio's protocol, {PLAYERS} clients     {asyncio_rate:7.0f} messages/s, {asyncio_cost * 1e6:.1f} us each")
    print(f"7.1, {PLAYERS} clients                    {rate:7.0f} messages/s, {cost * 1e6:.1f} us each", end="")
    print(f"  {ratio:.2f} x asyncio (at least 0.9), {asyncio_cost / cost:.2f} x by processor time")


def _played(served: Served) -> tuple[float, float]:
    """Messages a second, and the server's processor seconds for one; the clients are a process of their own."""
    answers: multiprocessing.Queue[tuple[float, int]] = multiprocessing.Queue()
    before = processor_time(served.pid)
    playing = multiprocessing.Process(target=_play, args=(served.port, answers))
    playing.start()
    rate, count = answers.get(timeout=60)
    playing.join()
    return rate, (processor_time(served.pid) - before) / count


def _play(port: int, answers: multiprocessing.Queue[tuple[float, int]]) -> None:
    with contextlib.ExitStack() as undo:
        poll = select.poll()
        clients = {}
        for _ in range(PLAYERS):
            client = undo.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.sendall(MESSAGE)
            clients[client.fileno()] = client
            poll.register(client, select.POLLIN)
        got, count = dict.fromkeys(clients, 0), 0
        began = time.perf_counter()
        while time.perf_counter() < began + SECONDS:
            for fd, _ in poll.poll():
                got[fd] += len(clients[fd].recv(len(MESSAGE)))
                if got[fd] >= len(MESSAGE):
                    got[fd] -= len(MESSAGE)
                    count += 1
                    clients[fd].sendall(MESSAGE)
        answers.put((count / (time.perf_counter() - began), count))


def _tool(name: str, kata: str, command: str, figure: str, unit: str) -> None:
    """Let a load generator loose on a server, and repeat what it says."""
    if shutil.which(name) is None:
        print(f"{kata}, {name}: not installed, and so not measured")
        return
    with serving(kata) as served:
        said = subprocess.run(command.format(served.port).split(), capture_output=True, text=True, timeout=120)
    output = said.stdout + said.stderr
    found = re.search(figure, output)
    errors = re.findall(r"(Socket errors:.*|Non-2xx.*|[Ee]rror.*)", output)
    rate = float(found[1]) if found else 0.0
    told = "; ".join(errors) or ("no error" if said.returncode == 0 else f"status {said.returncode}")
    print(f"{kata}, {name:<28} {rate:7.0f} {unit}  {told} (none)")
