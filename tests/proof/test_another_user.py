"""What another user's process leaves behind costs one verdict each, and nothing else: nobody here may end it.

So it is after sudo, or with a program that has the set-user-ID bit. Here root does without CAP_KILL
(capabilities(7)), and may signal its own processes alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.core.environment import environment
from dojo.core.places import ROOT
from dojo.core.start import command
from proof.marked import processes

KATA = "2_nonblocking/01_accept_would_block.py"
NOBODY = 65534
ANSWER = f"""
import os
import signal


def _leave():
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            os.setsid()
            os.setuid({NOBODY})
            signal.pause()
        os._exit(0)
    os.waitpid(child, 0)


def accept_pending(listener):
    _leave()
    accepted = []
    try:
        while True:
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        return accepted
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("setpriv"),
    reason="only root on Linux can become another user, and give up the right to end its processes",
)


@pytest.fixture
def mark() -> Iterator[str]:
    """A word in the environment of all that a test starts; what is left with it is ended here."""
    word = f"DOJO_MARK={uuid.uuid4().hex}"
    yield word
    for pid in processes(word):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("way", ["test", "pytest", "xdist"])
def test_it_is_told_and_the_next_test_is_judged(way: str, tmp_path: Path, mark: str) -> None:
    side = tmp_path / "side"
    (side / KATA).parent.mkdir(parents=True)
    (side / KATA).write_text(ANSWER)
    suite = str(ROOT / "tests/2_nonblocking/test_01_accept_would_block.py")
    more = ["-n", "2"] if way == "xdist" else []
    judging = command("pytest", "-q", *more, f"--side={side}", suite) if way != "test" else command("dojo", "test")
    ran = subprocess.run(
        ["setpriv", "--bounding-set=-kill", *judging],
        cwd=ROOT,
        env=environment() | {"K": "2.1", "SIDE": str(side), **dict([mark.split("=")])},
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = " ".join((ran.stdout + ran.stderr).split())
    assert ran.returncode == 1, said
    assert "cannot be ended (another user's, or traced)" in said
    assert "engine" not in said
    assert len(processes(mark)) > 1, "nothing was left: this shows nothing"
