"""The verdict on one test: its kinds, its fields, and the codecs for the boundaries that it crosses.

A verdict is written into shared memory by the test's process, as far as it knows, and
completed by the supervisor; as JSON it goes on to whoever shows it. A kind or a field
that is not here raises where it is written, and where it is read from a process of ours.
"""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass, field, fields
from typing import Any

from dojo.tape.call import Call

_is, _get = isinstance, getattr  # the real ones, whatever takes their names later
LONGEST = 4000  # characters of each text that a test's process may write


class Kind(enum.Enum):
    """How a test can end: the word, in reports and in JSON, what it means, and how it ends a tape."""

    PASSED = "passed", "the behaviour is right"
    FAILED = "failed", "it is not: wanted and got are shown"
    HUNG = (
        "hung",
        "no answer before the deadline, or it sleeps and nothing can wake it: the report says what it is blocked on, "
        "or that it is a busy loop",
        "■ stopped",
    )
    DIED = "died", "the process ended before the test did: an exit, a signal, too much memory", "■ gone"
    LEAKED = "leaked", "right, but a socket, descriptor, thread, process or setting was left behind"
    COULD_NOT_START = (
        "could not start",
        "the file is missing, empty, not Python, raises while imported, or lacks a function",
    )
    SKIPPED = "skipped", "this machine cannot show the behaviour: the reason is given"
    LEFT_OUT = "left out", "not judged, because another test of the kata hung"
    FAULT = "engine failed", "your code is not to blame: the engine has a fault; please report it (exit status 3)"

    def __init__(self, word: str, means: str, stopped: str = "") -> None:
        self.word, self.means, self.stopped = word, means, stopped

    @property
    def good(self) -> bool:
        """Whether it counts as green."""
        return self in (Kind.PASSED, Kind.SKIPPED)

    @property
    def red(self) -> bool:
        """Whether there is something to show."""
        return not self.good and self is not Kind.LEFT_OUT

    @classmethod
    def named(cls, word: str) -> Kind:
        """The kind with this word. Raises ValueError if there is none."""
        for kind in cls:
            if kind.word == word:
                return kind
        raise ValueError(f"{word!r} is no kind of verdict")


@dataclass
class Verdict:
    """What one test came to. Texts that are empty say nothing; a line of 0 is not known."""

    kind: Kind
    # what the test's process knows
    wanted: str = ""
    got: str = ""
    mark: str = ""  # what is said of the first difference of the two
    differs: int = 0  # the character of both at which that is; 0 if they are not to be compared
    words: str = ""  # what the mistake is
    line: int = 0  # of the kata's file
    suite_line: int = 0
    not_written: bool = False  # the stub is still there
    whole_kata: bool = False  # the other tests of the kata would come to the same
    predicted: list[list[str]] = field(default_factory=list)  # name, guess, the kernel's answer
    given: str = ""  # what the case of a parametrised test was given
    about: list[str] = field(default_factory=list)  # the sockets in question, by their names on the tape
    kernel: list[str] = field(default_factory=list)  # what the kernel said of its queues then
    until: int = 0  # nanoseconds from the beginning to the failed assertion: what follows is the teardown
    # what the supervisor adds
    seconds: float = 0.0
    granted: float = 0.0  # seconds beyond the deadline
    output: str = ""
    tape: list[Call] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)  # how often each call was made
    # which test it was
    kata: str = ""  # as in 2.1
    name: str = ""
    test: str = ""
    module: str = ""  # the paths of the answer and of the suite
    suite: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no verdict."""
        for one, kind in TYPES.items():
            value = _get(self, one)
            if not _is(value, kind) or (kind is int and _is(value, bool)):
                raise TypeError(f"the field {one} of a verdict is a {kind.__name__}, and not {value!r:.60}")

    def to_json(self) -> dict[str, Any]:
        """What json.dumps() takes, without what says nothing."""
        found = {one: value for one in TYPES if (value := getattr(self, one)) not in ("", 0, False, [], {})}
        found["kind"] = self.kind.word
        if self.tape:
            found["tape"] = [call.to_json() for call in self.tape]
        return found

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Verdict:
        """A verdict as to_json() gave it. Raises ValueError, TypeError or KeyError for anything else."""
        known = dict(found)
        kind = Kind.named(known.pop("kind"))
        tape = [Call.from_json(values) for values in known.pop("tape", [])]
        return cls(kind, tape=tape, **known)

    def to_memory(self) -> str:
        """What the test's process leaves in shared memory, its texts cut to what fits."""
        found = self.to_json()
        for one, value in found.items():
            if isinstance(value, str):
                # A lone surrogate could not be written to a file, nor sent to another process.
                found[one] = value[:LONGEST].encode("utf-8", "backslashreplace").decode()
        return json.dumps(found)

    @classmethod
    def from_memory(cls, text: str) -> Verdict | None:
        """What to_memory() wrote; None for anything else: the code under test can write there, too."""
        try:
            found = json.loads(text)
            verdict = cls.from_json(found)
            named = [*verdict.about, *verdict.kernel]
            lists = all(len(one) == 3 and all(isinstance(text, str) for text in one) for one in verdict.predicted)
            lists = lists and all(isinstance(one, str) for one in named)
            texts = [value for value in [*found.values(), *named] if isinstance(value, str)]
            "".join(texts).encode()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        return verdict if lists and verdict.kind in WRITTEN and not set(found) - CHILDS else None


_SORTS: dict[str, type] = {
    "Kind": Kind, "str": str, "int": int, "bool": bool, "float": float,
    "list[list[str]]": list, "list[str]": list, "list[Call]": list, "dict[str, int]": dict,
}  # fmt: skip
TYPES = {one.name: _SORTS[str(one.type)] for one in fields(Verdict)}
# What a test's process can come to, and the fields that it may fill.
WRITTEN = set(Kind) - {Kind.HUNG, Kind.LEFT_OUT}
CHILDS = {
    "kind", "wanted", "got", "mark", "differs", "words", "line", "suite_line", "not_written", "whole_kata", "predicted",
    "given", "about", "kernel", "until",
}  # fmt: skip
