"""What suites ask of the tape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dojo.tape.call import Call
from dojo.tape.recorder import Recorder


@dataclass
class Tape:
    """What suites ask of the tape; only the learner's calls are in the answers."""

    recorder: Recorder
    _since: int = field(default=0)

    def calls(self, *names: str, of: Any = None, ok: bool | None = None) -> list[Call]:
        """The learner's calls, in order.

        `names`: only calls of these names, all without; `of`: only calls on this
        socket (or descriptor); `ok`: only those that succeeded, or only failed ones;
        what is still under way is neither.
        """
        fd = of.fileno() if hasattr(of, "fileno") else of
        return [
            call
            for call in self.recorder.calls
            if call.who == "you"
            and call.number >= self._since
            and (not names or call.name in names)
            and (fd is None or call.fd == fd)
            and (ok is None or (call.ended is not None and (not call.error) == ok))
        ]

    def count(self, *names: str, of: Any = None) -> int:
        """How many calls of these names the learner's code made."""
        return len(self.calls(*names, of=of))

    def total(self, name: str) -> int:
        """How many calls of this name the learner's code has made since the test began; a busy loop's all count."""
        return self.recorder.memory.counts().get(name, 0)

    def waits(self, *names: str, of: Any = None) -> list[Call]:
        """Those of the learner's calls that put their thread to sleep."""
        return [call for call in self.calls(*names, of=of) if call.waited]

    def order(self, *names: str) -> list[str]:
        """The names of the learner's calls in the order in which they began."""
        return [call.name for call in self.calls(*names)]

    def label(self, sock: Any, name: str) -> None:
        """Give a socket the name by which the report shall call it."""
        self.recorder.label(sock.fileno(), name)

    def mark(self) -> None:
        """From here on, answer only for calls that begin after this point."""
        self._since = self.recorder.memory.reserve()
