"""A run that is stopped, frozen or killed: no test pays for the first two, and nothing survives the last one."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dojo.core.places import ROOT
from dojo.core.start import command as started_by
from dojo.sandbox.supervisor import DEADLINE
from proof.marked import left, processes

SOLUTION = ROOT / "solutions/2_nonblocking/01_accept_would_block.py"
# The solution, but its first call waits until it is told to go on.
WAITS = """
import pathlib, threading
_right, _here = accept_pending, pathlib.Path(__file__).parent
def accept_pending(listener):
    if not (_here / "begun").exists():
        (_here / "begun").touch()
        while not (_here / "go").exists():
            threading.Event().wait(0.01)
    return _right(listener)
"""
# Three processes that no signal to the group of the run, or of the test, reaches.
ENDLESS = """
import os, pathlib, signal
def accept_pending(listener):
    (pathlib.Path(__file__).parent / "begun").touch()
    for _ in range(2):
        if os.fork() == 0:
            os.setsid()
            signal.pause()
    signal.pause()
"""
STILL = DEADLINE + 1  # seconds: more than the test has
FREEZER = Path("/sys/fs/cgroup/freezer")  # cgroups, version 1
UNIFIED = Path("/sys/fs/cgroup")  # version 2

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows the environment of processes in /proc"
)


@dataclass
class Run:
    """A run of kata 2.1 on one answer."""

    process: subprocess.Popen[bytes]
    mark: str
    place: Path

    def all(self) -> list[int]:
        """Every process that belongs to it, the newest first."""
        return sorted(processes(self.mark), reverse=True)

    def send(self, pid: int, number: signal.Signals) -> None:
        """Send a signal to one of its processes, if that is still there."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)

    def under_way(self) -> None:
        """Wait until the answer runs."""
        while not (self.place / "begun").exists():
            assert self.process.poll() is None, self.process.communicate()
            os.sched_yield()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Start a run: `start(command, answer)`, in a session of its own."""
    started = []

    def run(command: list[str], answer: str) -> Run:
        file = tmp_path / "answer.py"
        file.write_text(answer)
        mark = f"DOJO_MARK={uuid.uuid4().hex}"
        name, value = mark.split("=")
        environment = {key: val for key, val in os.environ.items() if not key.startswith(("PYTEST_", "MAKE", "MFLAGS"))}
        environment |= {"K": "2.1", "SIDE": str(file), name: value}
        process = subprocess.Popen(
            [part.format(answer=file) for part in command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started.append(Run(process, mark, tmp_path))
        return started[-1]

    yield run
    for one in started:
        for pid in one.all():
            one.send(pid, signal.SIGKILL)
        one.process.communicate()


MAKE_TEST = started_by("dojo", "test")
PYTEST = started_by("pytest", "-q", "--side={answer}", "tests/2_nonblocking/test_01_accept_would_block.py")


@pytest.mark.parametrize("command", [MAKE_TEST, PYTEST, [*PYTEST, "-n", "2"]], ids=["make test", "pytest", "xdist"])
def test_ctrl_z_costs_no_test_anything(command: list[str], start: Callable[..., Run]) -> None:
    run = start(command, SOLUTION.read_text() + WAITS)
    run.under_way()
    (run.place / "go").touch()
    os.killpg(run.process.pid, signal.SIGSTOP)
    threading.Event().wait(STILL)
    os.killpg(run.process.pid, signal.SIGCONT)
    said, _ = run.process.communicate(timeout=60)
    assert run.process.returncode == 0, said.decode()


@pytest.mark.parametrize("command", [MAKE_TEST, PYTEST], ids=["make test", "pytest"])
def test_who_judges_may_stand_still_with_the_test(command: list[str], start: Callable[..., Run]) -> None:
    run = start(command, SOLUTION.read_text() + WAITS)
    run.under_way()
    for _ in range(2):  # who watches first: it would continue the others; some may have been forked meanwhile
        for pid in reversed(run.all()):
            run.send(pid, signal.SIGSTOP)
    threading.Event().wait(STILL)
    for pid in run.all():
        run.send(pid, signal.SIGCONT)
    (run.place / "go").touch()
    said, _ = run.process.communicate(timeout=60)
    assert run.process.returncode == 0, said.decode()


def test_a_frozen_container_costs_no_test_anything(start: Callable[..., Run]) -> None:
    run = start(MAKE_TEST, SOLUTION.read_text() + WAITS)
    run.under_way()
    with _cgroup() as (group, switch, frozen, thawed):
        for pid in run.all():
            with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
                (group / "cgroup.procs").write_text(str(pid))
        switch.write_text(frozen)
        threading.Event().wait(STILL)
        switch.write_text(thawed)
        (run.place / "go").touch()
        said, _ = run.process.communicate(timeout=60)
    assert run.process.returncode == 0, said.decode()


@contextlib.contextmanager
def _cgroup() -> Iterator[tuple[Path, Path, str, str]]:
    """A cgroup, the file that freezes it, and what to write there (cgroups(7))."""
    old = FREEZER.is_dir()
    group = (FREEZER if old else UNIFIED) / f"dojo-{uuid.uuid4().hex}"
    try:
        group.mkdir()
    except OSError as error:
        pytest.skip(f"no cgroup can be made: {error.strerror}")
    switch = group / ("freezer.state" if old else "cgroup.freeze")
    try:
        if not switch.exists():
            pytest.skip("this cgroup cannot be frozen")
        yield (group, switch, "FROZEN", "THAWED") if old else (group, switch, "1", "0")
    finally:
        with contextlib.suppress(OSError):
            group.rmdir()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("command", ["test", "hint"])
def test_the_end_of_make_ends_the_run(command: str, how: signal.Signals, start: Callable[..., Run]) -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    run = start(["make", command], ENDLESS)
    run.under_way()
    os.kill(run.process.pid, how)
    assert left(run.mark) == {}


@pytest.mark.parametrize("command", [MAKE_TEST, PYTEST, [*PYTEST, "-n", "2"]], ids=["make test", "pytest", "xdist"])
def test_nothing_survives_a_run_that_is_killed(command: list[str], start: Callable[..., Run]) -> None:
    run = start(command, ENDLESS)
    run.under_way()
    os.kill(run.process.pid, signal.SIGKILL)
    assert left(run.mark) == {}
