"""One call on the tape, and the one place in which it is written down and read back.

A call crosses two boundaries: into shared memory as bytes, while the test runs, and
as JSON from the process that judges to the one that shows. Both name the fields, and
a field that one of them does not know raises when this module is imported.
"""

from __future__ import annotations

import operator
import struct
from dataclasses import dataclass, fields
from typing import Any

from dojo.tape.naming import named

# Errors that come without a wait: "not now", and arguments that are refused.
AT_ONCE = ("EAGAIN", "EINPROGRESS", "EBADF", "ESPIPE", "ValueError", "TypeError", "OverflowError")


@dataclass
class Call:
    """One call: who asked what of the kernel, and what came of it.

    Times are in nanoseconds since the test began. `ended` is None while the
    call is under way. `ready` tells whether the kernel could have answered at
    once: True, False, or None where the call cannot wait or nobody asked.
    `handed` is the number of descriptors that the kernel is given to watch, or to
    watch no more, in this call: the whole set in each select() and poll(), one in
    each change of what epoll or kqueue watches, and none in their waits.
    """

    number: int
    who: str  # "you", "peer" or "engine"
    thread: int  # native id
    name: str
    target: str
    args: str
    fd: int
    line: int
    began: int
    ready: bool | None = None
    ended: int | None = None
    result: str = ""
    error: str = ""  # the errno's name, or the exception's
    copied: int = -1  # bytes; -1 where none could be
    slept: bool = False
    made: str = ""  # the name of the socket that the call made
    handed: int = 0
    forged: bool = False  # the suite ended it with its error, where the kernel had another answer

    @property
    def waited(self) -> bool:
        """Whether the call put its thread to sleep."""
        if self.error == "EAGAIN" and self.name == "connect_ex":
            return True  # so Python reports a timeout of its own here
        if self.error in AT_ONCE:
            return False
        return self.slept or self.ready is False

    @property
    def text(self) -> str:
        """The call as one would write it, its numbers by their names."""
        return named(self.name, self.target, self.args, self.result)

    def to_json(self) -> list[Any]:
        """The values of the fields, in their order."""
        return [getattr(self, name) for name in FIELDS]

    @classmethod
    def from_json(cls, values: list[Any]) -> Call:
        """A call as to_json() gave it; raises ValueError for another number of values."""
        return cls(**dict(zip(FIELDS, values, strict=True)))


FIELDS = tuple(field.name for field in fields(Call))
# In shared memory: the numbers, two flags (-1 stands for None), the texts with a null byte between two of them.
NUMBERS = ("number", "thread", "fd", "line", "began", "ended", "copied", "handed")
FLAGS = ("ready", "slept", "forged")
TEXTS = {"who": 8, "name": 32, "target": 48, "args": 144, "result": 112, "error": 40, "made": 40}  # bytes at most
HEAD = struct.Struct(f"<{len(NUMBERS)}q{len(FLAGS)}b")
CALL_BYTES = HEAD.size + sum(TEXTS.values()) + len(TEXTS) - 1  # bytes that a call takes at most
NONE = -1

_head, _texts = operator.attrgetter(*NUMBERS, *FLAGS), operator.attrgetter(*TEXTS)

if {*NUMBERS, *FLAGS, *TEXTS} != set(FIELDS):
    raise TypeError(f"shared memory and Call differ in { ({*NUMBERS, *FLAGS, *TEXTS} ^ set(FIELDS)) }")


def pack(call: Call) -> bytes:
    """A call as shared memory keeps it, at most SIZE bytes. Raises TypeError or struct.error for a wrong field."""
    data = HEAD.pack(*[NONE if value is None else value for value in _head(call)])
    texts = "\0".join(_texts(call)).encode("utf-8", "replace")
    if len(data) + len(texts) <= CALL_BYTES and texts.count(b"\0") == len(TEXTS) - 1:
        return data + texts
    cut = [
        text.encode("utf-8", "replace").replace(b"\0", b"?")[:most]
        for text, most in zip(_texts(call), TEXTS.values(), strict=True)
    ]
    return data + b"\0".join(cut)


def unpack(data: bytes) -> Call | None:
    """A call as pack() gave it; None for what is none: the process may have been killed while it wrote."""
    if not HEAD.size <= len(data) <= CALL_BYTES:
        return None
    texts = data[HEAD.size :].decode("utf-8", "replace").split("\0")
    if len(texts) != len(TEXTS):
        return None
    found: dict[str, Any] = dict(zip((*NUMBERS, *FLAGS), HEAD.unpack_from(data), strict=True))
    for name in ("ended", "ready"):
        found[name] = None if found[name] == NONE else found[name]
    found["ready"] = found["ready"] if found["ready"] is None else bool(found["ready"])
    found |= {name: bool(found[name]) for name in ("slept", "forged")}
    return Call(**found | dict(zip(TEXTS, texts, strict=True)))
