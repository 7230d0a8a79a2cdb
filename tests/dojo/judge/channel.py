"""Messages between a process that judges and one that asks: lines of JSON, the same for all three kinds of them.

The workers of the pool, the run that a watch has forked ahead, and the process that
judges for somebody who must not fork all speak so. What one of them answers is a
verdict, or the traceback of a fault of its own; anything else raises.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable
from typing import Any

from dojo.core import processes
from dojo.sandbox.verdict import Kind, Verdict

PIECE = 1 << 20  # bytes that one read takes at most


class Channel:
    """One end: `reader` and `writer` are descriptors of pipes, and -1 where nothing goes that way."""

    def __init__(self, reader: int = -1, writer: int = -1) -> None:
        self.reader, self.writer = reader, writer
        self._received = b""
        self._waiting: deque[Any] = deque()  # have come, and nobody has asked for them

    def send(self, message: Any) -> None:
        """Send one message. Raises BrokenPipeError when nobody reads any more, TypeError for what is no JSON."""
        text = json.dumps(message).encode() + b"\n"
        while text:
            text = text[os.write(self.writer, text) :]

    def take(self) -> list[Any]:
        """The messages that have come, after one read that may wait. Raises EOFError once nothing more can come."""
        data = os.read(self.reader, PIECE)
        if not data:
            raise EOFError("the other end is closed")
        *lines, self._received = (self._received + data).split(b"\n")
        return [json.loads(line) for line in lines]

    def receive(self, look: float | None = None, is_lost: Callable[[], bool] = bool) -> Any:
        """The next message; every `look` seconds `is_lost` is asked.

        Raises EOFError when it is, and once nothing more can come.
        """
        poll = processes.poll_for(self.reader)
        while not self._waiting:
            if poll.poll(None if look is None else look * 1000):
                self._waiting.extend(self.take())
            elif is_lost():
                raise EOFError("no message will come")
        return self._waiting.popleft()

    def close(self) -> None:
        """Close both directions."""
        for fd in {self.reader, self.writer} - {-1}:
            os.close(fd)


def verdict_message(verdict: Verdict) -> dict[str, Any]:
    """A verdict as a message."""
    return {"verdict": verdict.to_json()}


def fault_message(text: str) -> dict[str, Any]:
    """A traceback of the judging process's own as a message."""
    return {"fault": text}


def refused_message(text: str) -> dict[str, Any]:
    """That no process could be started for a test, and why."""
    return {"refused": text}


def verdict_of(message: dict[str, Any]) -> Verdict:
    """The verdict in a message; a fault is one, too.

    Raises NoProcess if it says so, and ValueError, TypeError or KeyError for what is no message.
    """
    if "refused" in message:
        raise processes.NoProcess(message["refused"])
    if "fault" in message:
        return Verdict(Kind.FAULT, got="the process that judges failed", words=message["fault"])
    if "verdict" not in message:
        raise ValueError(f"a process that judges has answered {str(message)[:200]}")
    return Verdict.from_json(message["verdict"])
