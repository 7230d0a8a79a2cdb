"""Judge one kata beside the process that shows it: forked ready, told to go, ended at will.

The process that watches stays as it was after collection: warm, with one thread
and without any of the learner's code. What it forks waits, ready, for the save.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from typing import NoReturn

import pytest

from dojo.core import processes
from dojo.core.places import Kata
from dojo.judge import pool
from dojo.judge.channel import Channel, fault_message, verdict_message, verdict_of
from dojo.learner.test import Work
from dojo.sandbox import supervisor
from dojo.sandbox.verdict import Kind, Verdict
from dojo.watch import sources

ENDING_MILLISECONDS = 2000  # milliseconds in which it ends, with all that it has started


class Judging:
    """One run of a kata's tests, up to the first that is red."""

    def __init__(self, items: list[pytest.Item], side: str, others: list[int]) -> None:
        """Fork the process that will judge; `others` are descriptors that it shall not have."""
        requests, answers = os.pipe(), os.pipe()
        self._channel = Channel(answers[0], requests[1])
        self.answers = self._channel.reader
        self.verdicts: list[Verdict] = []
        self.done = False
        self.failure = ""  # of the engine itself
        self._pid = processes.fork()
        if self._pid == 0:
            self._channel.close()
            for fd in others:
                os.close(fd)
            _serve(Work(items, side), Channel(requests[0], answers[1]))
        os.close(requests[0])
        os.close(answers[1])

    def go(self) -> None:
        """Begin to judge."""
        self._channel.send({"go": True})

    def read(self) -> None:
        """Take what has come; `done` once nothing more can come."""
        try:
            messages = self._channel.take()
        except EOFError:
            if not self.done:
                self.done, self.failure = True, "the process that judges has ended"
            return
        for message in messages:
            if "end" in message:
                self.done = True
            else:
                self.verdicts.append(verdict_of(message))
        faults = [verdict.words for verdict in self.verdicts if verdict.kind is Kind.FAULT]
        if faults:
            self.done, self.failure = True, faults[0]

    def settle(self, seconds: float) -> None:
        """Wait at most so long until all that a run started has ended; for one that is done."""
        poll, until = processes.poll_for(self.answers), time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and poll.poll(1000 * left) and os.read(self.answers, 1 << 16):
            pass

    def close(self) -> None:
        """End it, whatever it is doing: its tests end with it."""
        self._channel.close()
        processes.wait_for_end(self._pid, ENDING_MILLISECONDS)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


class Runs:
    """The run that is under way, and the next one, which is forked and waits."""

    def __init__(self, items: dict[Kata, list[pytest.Item]], side: str, private: list[int]) -> None:
        """Nothing runs; `private` are descriptors that what is forked shall not have."""
        self.items = items
        self.current: Judging | None = None
        self._ready: tuple[Kata, Judging] | None = None
        self._side, self._private = side, private

    def go(self, kata: Kata) -> None:
        """Judge a kata; a run that is under way ends."""
        self.stop()
        if self._ready is None or self._ready[0] != kata:
            self.prepare(kata)
        assert self._ready is not None
        self.current, self._ready = self._ready[1], None
        self.current.go()

    def prepare(self, kata: Kata) -> None:
        """Fork the next run ahead."""
        self._discard()
        self._ready = (kata, Judging(self.items[kata], self._side, self._private))

    def stop(self) -> None:
        """End the run that is under way."""
        if self.current is not None:
            self.current.close()
            self.current = None

    def close(self) -> None:
        """End everything that was forked."""
        self.stop()
        self._discard()

    def _discard(self) -> None:
        if self._ready is not None:
            self._ready[1].close()
            self._ready = None


def _serve(work: Work, channel: Channel) -> NoReturn:
    """Wait for the word, judge, tell each verdict; never return."""
    try:
        os.setsid()
        processes.die_with_parent(signal.SIGCONT)
        signal.set_wakeup_fd(-1)
        for number in sources.OURS:
            signal.signal(number, signal.SIG_DFL)
        supervisor.KEEP_TAPES = True
        ready = pool.Pool(len(work.katas), work, ahead=True, lifeline=channel.reader)
        try:
            channel.receive()
        except EOFError:
            ready.close()
            raise
        for count, verdict in enumerate(ready.verdicts(), start=1):
            channel.send(verdict_message(verdict))
            if count == len(work.katas) or not verdict.kind.good:
                channel.send({"end": True})  # at once: to end the workers takes a moment
                break
    except EOFError:
        pass  # another kata was chosen
    except BaseException:
        channel.send(fault_message(traceback.format_exc()))
    finally:
        sys.stdout.flush()
        os._exit(0)
