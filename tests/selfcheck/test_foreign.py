"""Code that nobody here wrote runs on the tape as it runs without it: the interpreter's own tests."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys

import pytest

from dojo.places import ROOT

UNDER_TAPE = """
import sys, threading, unittest
sys.path.insert(0, "tests")
from dojo import patch
from dojo.board import Board
from dojo.tape import Recorder
patch.install(Recorder(Board(), "no such file", {threading.main_thread()}))
unittest.main(module=sys.argv.pop(1))
"""


@pytest.mark.parametrize("module", ["test.test_selectors", "test.test_epoll"])
def test_the_interpreters_own_tests_hold_on_the_tape(module: str) -> None:
    if importlib.util.find_spec("test") is None or importlib.util.find_spec(module) is None:
        pytest.skip(f"this Python comes without {module}")
    plain, taped = (
        subprocess.run([sys.executable, *how], cwd=ROOT, capture_output=True, text=True, timeout=300)
        for how in (["-m", "unittest", module], ["-c", UNDER_TAPE, module])
    )
    assert plain.returncode == 0, plain.stderr
    assert taped.returncode == 0, taped.stderr
    ran = [re.search(r"Ran (\d+) tests", one.stderr) for one in (plain, taped)]
    assert ran[0] and ran[1] and ran[0][1] == ran[1][1]
