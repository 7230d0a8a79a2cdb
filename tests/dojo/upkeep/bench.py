"""`make bench`: how fast the judging is, each figure as a ratio or a difference within one run."""

from __future__ import annotations

import contextlib
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dojo.core.environment import environment
from dojo.core.places import ROOT, all_katas
from dojo.core.processes import processor_time
from dojo.judge.remote import Remote
from dojo.upkeep import bench_servers, bench_watch
from dojo.upkeep.served_program import received, serving

MANY_CLIENTS = "5.10"  # the server that holds many connections
PAIRS = 15
HANG_ROUNDS = 5
HANGING = "tests/proof/mistakes/2_nonblocking/01_accept_would_block/makes_the_listener_blocking.py"


def _seconds(command: list[str], where: Path) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=where, env=environment(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def run(wanted: str, side: str) -> int:
    """Print every figure with what it is to reach."""
    katas = all_katas()
    judge = Remote()
    tests = sum(len(judge.suite(kata.suite)) for kata in katas)  # each case of a parametrised test is one
    judge.close()
    with tempfile.TemporaryDirectory() as empty:
        Path(empty, "test_nothing.py").write_text("def test_nothing():\n    pass\n")
        python = str(ROOT / ".venv" / "bin" / "python") if (ROOT / ".venv").exists() else sys.executable
        bare_command = [python, "-m", "pytest", "-q", "test_nothing.py"]
        one_command = ["make", "test", "K=2.1", "SIDE=solutions"]
        all_command = ["make", "test", "SIDE=solutions"]
        for command, where in ((bare_command, Path(empty)), (one_command, ROOT)):
            _seconds(command, where)  # not counted: bytecode and caches
        bare, one = [], []
        for _ in range(PAIRS):
            bare.append(_seconds(bare_command, Path(empty)))
            one.append(_seconds(one_command, ROOT))
        whole = [_seconds(all_command, ROOT) for _ in range(5)]
    ratio = statistics.median(a / b for a, b in zip(one, bare, strict=True))
    each = (statistics.median(whole) - statistics.median(bare)) / tests
    print(f"bare pytest, one empty test         {statistics.median(bare) * 1000:7.0f} ms")
    print(
        f"make test K=2.1, cold               {statistics.median(one) * 1000:7.0f} ms  {ratio:.2f} x bare (at most 1.3)"
    )
    print(f"make test, {tests} tests of {len(katas)} katas     {statistics.median(whole) * 1000:7.0f} ms", end="")
    print(f"  {each * 1000:.1f} ms a test beyond bare (at most 8)")
    print(f"a hang, beyond its deadline         {_hang() * 1000:7.0f} ms  the longest of {HANG_ROUNDS} (at most 300)")
    _sweeps()
    bench_watch.report(*bench_watch.watching())
    alone, imports = ["make"], [python, "-c", "import dojo.learner.status"]
    standing = [(_seconds(alone, ROOT), _seconds(imports, ROOT / "tests")) for _ in range(PAIRS)]
    ratio = statistics.median(a / b for a, b in standing)
    print(f"make, where you stand               {statistics.median(a for a, _ in standing) * 1000:7.0f} ms", end="")
    print(f"  {ratio:.2f} x an interpreter with its imports (under 100 ms or 2 x)")
    if any(kata.id == MANY_CLIENTS for kata in katas):
        few, many = _turn(10), _turn(2000)
        print(f"{MANY_CLIENTS}, a turn with 10 clients         {few * 1e6:7.0f} us")
        print(f"{MANY_CLIENTS}, a turn with 2,000 clients      {many * 1e6:7.0f} us  {many / few:.2f} x (under 2)")
    bench_servers.run()
    return 0


def _turn(idle: int) -> float:
    """Processor seconds that the server takes for one echo with so many clients connected; the median of rounds."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (2 * idle + 200, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with serving(MANY_CLIENTS) as served, contextlib.ExitStack() as undo:
        clients: list[socket.socket] = []
        for number in range(idle):
            clients.append(undo.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=20)))
            message = b"%099d\n" % number
            clients[-1].sendall(message)
            if received(clients[-1], 100) != message:
                raise RuntimeError(f"client {number} got something else than its echo")
        rounds = []
        for _ in range(20):
            before = processor_time(served.pid)
            for _ in range(100):
                clients[0].sendall(bytes(100))
                received(clients[0], 100)
            rounds.append((processor_time(served.pid) - before) / 100)
        return statistics.median(rounds)


def _sweeps() -> None:
    """Print how long each test that is swept takes on its solution, the median of rounds."""
    for kata in all_katas():
        judge = Remote(suites=[str(kata.suite.relative_to(ROOT))])
        for test in judge.suite(kata.suite):
            if test["swept"]:
                rounds = [judge.judge(test["nodeid"], ROOT / "solutions" / kata.path).seconds for _ in range(5)]
                print(f"{kata.id}, each call may fail{statistics.median(rounds) * 1000:19.0f} ms  (at most 300)")
        judge.close()


def _hang() -> float:
    """Seconds between a deadline and the verdict on a hang; the longest of several."""
    judge = Remote()
    nodeid = "tests/2_nonblocking/test_01_accept_would_block.py::test_nobody_is_connecting"
    judge.judge(nodeid, ROOT / HANGING, 0.1)
    beyond = []
    for _ in range(HANG_ROUNDS):
        began = time.perf_counter()
        judge.judge(nodeid, ROOT / HANGING, 1.0)
        beyond.append(time.perf_counter() - began - 1.0)
    judge.close()
    return max(beyond)
