"""Ctrl-C and SIGTERM end a run at once, and leave no process and no port behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from dojo.core.places import ROOT
from proof.marked import left, processes

ENDLESS = """
import os, signal
def accept_pending(listener):
    print("under way", flush=True)
    if os.fork() == 0:
        signal.pause()
    if os.fork() == 0:
        os.setsid()
        signal.pause()
    listener.setblocking(True)
    listener.accept()
"""
MAKE_TEST = "import runpy, proof.patient; runpy.run_module('dojo', run_name='__main__', alter_sys=True)"
SUITE = "tests/2_nonblocking/test_01_accept_would_block.py"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows the environment of processes in /proc"
)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("run_by", ["pytest", "xdist", "make test"])
def test_an_interrupt_leaves_nothing_behind(how: signal.Signals, run_by: str, tmp_path: Path) -> None:
    answer = tmp_path / "endless.py"
    answer.write_text(ENDLESS)
    mark = f"DOJO_MARK={uuid.uuid4().hex}"
    name, value = mark.split("=")
    environment = {key: val for key, val in os.environ.items() if not key.startswith("PYTEST_")}
    # With a minute for each test: none of them must be over before everybody has been seen.
    environment |= {"PYTHONPATH": "tests", "K": "2.1", "SIDE": str(answer)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "proof.patient", f"--side={answer}", SUITE]
    workers = {"pytest": 1, "xdist": 2, "make test": 2}[run_by]
    if run_by == "xdist":
        command += ["-n", "2"]
    elif run_by == "make test":
        command = [sys.executable, "-c", MAKE_TEST, "test"]
    run = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {name: value},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    # Everybody must be there: the run, what judges for it, a test for each of these, and two forked by each test. The
    # workers of xdist are not counted: with setproctitle they write over their environment.
    each = {"pytest": 5, "xdist": 5, "make test": 4}[run_by]
    wanted = 1 + workers * each
    while len(processes(mark)) < wanted and run.poll() is None:
        os.sched_yield()
    if how is signal.SIGINT:
        os.killpg(run.pid, how)  # as a terminal does it
    else:
        os.kill(run.pid, how)
    output, _ = run.communicate(timeout=30)
    assert run.returncode != 0, output.decode()
    # Those of a worker end when they see it gone.
    assert left(mark) == {}
