"""Code that nobody here wrote runs on the tape as it should: the interpreter's own tests."""

from __future__ import annotations

import importlib.util
import re
import resource
import subprocess
import sys

import pytest

from dojo.core.places import ROOT

UNDER_TAPE = """
import sys, threading, unittest
sys.path.insert(0, "tests")
from dojo.tape import patch
from dojo.tape.shared_memory import SharedMemory
from dojo.tape.recorder import Recorder
recorder = Recorder()
patch.install(recorder)
recorder.start(SharedMemory(), "no such file", "no such suite", {threading.main_thread()})
unittest.main(module=sys.argv.pop(1))
"""


def few_descriptors() -> None:
    """Some of the tests open as many as they may, and 65,536 take a quarter of a minute; some need more than 1,024."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 4096 if hard == resource.RLIM_INFINITY else min(hard, 4096)))


@pytest.mark.parametrize("module", ["test.test_selectors", "test.test_epoll"])
def test_the_interpreters_own_tests_hold_on_the_tape(module: str) -> None:
    if importlib.util.find_spec("test") is None or importlib.util.find_spec(module) is None:
        pytest.skip(f"this Python comes without {module}")
    ran = subprocess.run(
        [sys.executable, "-c", UNDER_TAPE, module],
        cwd=ROOT,
        preexec_fn=few_descriptors,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    count = re.search(r"Ran (\d+) tests", ran.stderr)
    assert count and int(count[1]) >= 10
