"""What a test leaves is ended with it; and what could not be ended then is no fault of the next one."""

from __future__ import annotations

import os
import signal

import pytest

from dojo.core import processes
from dojo.sandbox import burying


@pytest.fixture
def sleeper() -> int:
    """A child of this process that does nothing."""
    pid = os.fork()
    if pid == 0:
        signal.pause()
        os._exit(0)
    return pid


def test_who_still_runs_is_ended_and_told(sleeper: int) -> None:
    buried = burying.bury(keep=set(processes.children(os.getpid())) - {sleeper})
    assert buried.killed == {sleeper}
    assert buried.kept == set()


def test_who_was_given_up_and_ends_late_is_not_told_of_the_next_test(sleeper: int) -> None:
    burying.given_up.add(sleeper)  # it could not be ended when its own test was over
    os.kill(sleeper, signal.SIGKILL)
    os.waitid(os.P_PID, sleeper, os.WEXITED | os.WNOWAIT)
    buried = burying.bury(keep=set(processes.children(os.getpid())) - {sleeper})
    assert sleeper in buried.statuses
    assert buried.killed == buried.kept == set()
    assert sleeper not in burying.given_up
