"""A process that judges one test after the other, forked from one that has collected them.

It has a session of its own: what is sent to the terminal's processes, or by a test to its
parent's group, does not reach whoever asks. That one watches it, ends it, and is the parent
of all that it leaves when a test has killed it.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from typing import Any

from dojo.core import processes
from dojo.judge.channel import Channel, fault_message, refused_message, verdict_message
from dojo.judge.watched import Watched
from dojo.sandbox import supervisor, temporary
from dojo.sandbox.verdict import Verdict

LAST = {"last": True}  # in a message: no other one will come
Judge = Callable[[Any, int], Verdict]


class Worker:
    """One process that judges; it ends when it is closed, and when the process that has forked it ends."""

    def __init__(self, judge: Judge, before: Callable[[], None] | None = None) -> None:
        """Fork it: it calls `judge` with each request and a descriptor, readable once nobody wants the verdict.

        `before` is called in it first.
        """
        requests, answers = os.pipe(), os.pipe()
        self.request: Any = None  # what it works on
        self.is_spent = False  # it has ended after its last answer
        self.channel = Channel(answers[0], requests[1])
        self._room = temporary.make_room()
        self.pid = processes.fork()
        if self.pid == 0:
            temporary.use(self._room)
            _serve(judge, Channel(requests[0], answers[1]), before)
        os.close(requests[0])
        os.close(answers[1])
        self._watched = Watched(self.pid)

    def ask(self, request: Any) -> None:
        """Let it judge. Raises BrokenPipeError if the process has ended."""
        self.channel.send(request)
        self.request = request
        self._watched.begin()

    def answer(self) -> Any:
        """Its message, or None while only a part has come. Raises EOFError if the process has ended."""
        messages = self.channel.take()
        if not messages:
            return None
        self.request = None
        message = messages[0]
        self.is_spent = bool(message.pop("last", False))
        return message

    def is_lost(self) -> bool:
        """Look at it, some five times a second while it works; True if no answer will come."""
        return self._watched.is_lost()

    def close(self) -> None:
        """End it, whatever it does; whoever buries it then buries what it has left, too, and clears its files away."""
        self.channel.close()
        os.kill(self.pid, signal.SIGKILL)

    def clear(self) -> None:
        """Remove what its tests have left in their temporary directories; for one that is buried."""
        temporary.remove(self._room)


def _serve(judge: Judge, channel: Channel, before: Callable[[], None] | None) -> None:
    """A worker's life; it never returns."""
    try:
        os.setsid()
        processes.die_with_parent(signal.SIGCONT)  # it may be stopped, and nobody else is left to continue it
        processes.close_others(channel.reader, channel.writer)
        if before is not None:
            before()
        while True:
            for request in channel.take():
                try:
                    message = verdict_message(judge(request, channel.reader))
                except processes.NoProcess as error:
                    message = refused_message(str(error))
                except Exception:
                    message = fault_message(traceback.format_exc())
                if supervisor.is_spoiled():
                    channel.send(message | LAST)
                    return
                channel.send(message)
    except (KeyboardInterrupt, BrokenPipeError, EOFError):
        pass
    finally:
        os._exit(0)
