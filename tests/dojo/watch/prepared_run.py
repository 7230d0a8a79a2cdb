"""Judge one kata beside the process that shows it: forked ready, told to go, ended at will.

The process that watches stays as it was after collection: warm, with one thread
and without any of the learner's code. What it forks waits, ready, for the save.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from typing import Any, NoReturn

import pytest

from dojo.core import processes
from dojo.judge import pool
from dojo.learner.test import Work
from dojo.sandbox import supervisor


class Judging:
    """One run of a kata's tests, up to the first that is red."""

    def __init__(self, items: list[pytest.Item], side: str, others: list[int]) -> None:
        """Fork the process that will judge; `others` are descriptors that it shall not have."""
        requests, self._send = os.pipe()
        self.answers, answers = os.pipe()
        self._received = b""
        self.verdicts: list[dict[str, Any]] = []
        self.done = False
        self.failure = ""  # of the engine itself
        self._pid = processes.fork()
        if self._pid == 0:
            for fd in (self._send, self.answers, *others):
                os.close(fd)
            _serve(Work(items, side), requests, answers)
        os.close(requests)
        os.close(answers)

    def go(self) -> None:
        """Begin to judge."""
        os.write(self._send, b"!")

    def read(self) -> None:
        """Take what has come; `done` once nothing more can come."""
        data = os.read(self.answers, 1 << 20)
        self._received += data
        *lines, self._received = self._received.split(b"\n")
        for line in lines:
            came = json.loads(line)
            if "failure" in came:
                self.failure = came["failure"]
            elif "end" in came:
                self.done = True
            else:
                self.verdicts.append(came)
        if not data and not self.done:
            self.done, self.failure = True, self.failure or "the process that judges has ended"

    def settle(self, seconds: float) -> None:
        """Wait at most so long until all that a run started has ended; for one that is done."""
        poll, until = processes.poll_for(self.answers), time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and poll.poll(1000 * left) and os.read(self.answers, 1 << 16):
            pass

    def close(self) -> None:
        """End it, whatever it is doing: its tests end with it."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._send)
        os.close(self.answers)


def _serve(work: Work, requests: int, answers: int) -> NoReturn:
    """Wait for the word, judge, tell each verdict; never return."""
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGWINCH, signal.SIGTSTP, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        supervisor.KEEP_TAPES = True
        ready = pool.Pool(len(work.katas), work, ahead=True)
        if os.read(requests, 1):
            for count, verdict in enumerate(ready.verdicts(), start=1):
                _tell(answers, verdict)
                if count == len(work.katas) or verdict["verdict"] not in ("passed", "skipped"):
                    _tell(answers, {"end": True})  # at once: to end the workers takes a moment
                    break
    except BaseException:
        _tell(answers, {"failure": traceback.format_exc()})
    finally:
        sys.stdout.flush()
        os._exit(0)


def _tell(answers: int, what: dict[str, Any]) -> None:
    text = json.dumps(what).encode() + b"\n"
    while text:
        text = text[os.write(answers, text) :]
