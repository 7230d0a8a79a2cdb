"""Threads that a test leaves running, whoever started them: threading, _thread, or C."""

from __future__ import annotations

import os
import sys
import threading

TASKS = "/proc/self/task"  # proc(5)
LOOKS = 25  # times that a thread is found running before it counts as left behind
LOOK = 0.01  # seconds between two of them; so a process that stands still loses one at most
ROUNDS = 50  # generations of threads, each started by the one before, that are waited for
_pause = threading.Event()


def left_running(own: set[threading.Thread]) -> list[str]:
    """The threads that go on, in words; those on their way out are waited for. `own` may go on."""
    looks = LOOKS
    for _ in range(ROUNDS):
        found = [thread for thread in _known() if thread not in own]
        if not found or not looks:
            break
        for thread in found:
            while looks and thread.is_alive():
                thread.join(LOOK)
                looks -= thread.is_alive()
    if found := [thread for thread in _known() if thread not in own]:
        return [f"the thread {thread.name!r} is still running" for thread in found]
    pause = LOOK / 16  # as a rule they end at once
    while bare := _bare():
        if not looks:
            return [bare]
        _pause.wait(pause)
        pause = min(2 * pause, LOOK)
        looks -= 1
    return []


def _known() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]


def _bare() -> str:
    """A thread that `threading` does not know, in words; empty if there is none."""
    known = _known()
    if sys._current_frames().keys() - {thread.ident for thread in known}:
        return "a thread that _thread started is still running"
    try:
        tasks = set(map(int, os.listdir(TASKS)))
    except FileNotFoundError:  # not Linux
        return ""
    # The number of the main thread is that of the process, also where threading has not noticed a fork.
    if tasks - {os.getpid(), *(thread.native_id for thread in known)}:
        return "a thread that C started is still running"
    return ""
