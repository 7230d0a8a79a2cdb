"""Memory that a test's process shares with its supervisor.

The child writes as it goes and the parent reads after the end, however the end
came. It is an anonymous shared mapping, so there is no descriptor that the code
under test could close and no system call that could show in its trace. The code
could find it and write nonsense: whatever is read here has the shape that it
should have, or is left out.
"""

from __future__ import annotations

import itertools
import json
import mmap
import struct
from collections.abc import Iterator
from typing import Any

PHASES = ("starting", "importing", "running", "finished")
COUNTERS = 64
HEAD = TAIL = 1024  # the first calls are kept, and the last; what lies between is counted
SLOT = 512
EMPTY = 64  # places in a row without a call that tell that none follows: they are filled in order, at once
NOTE_AT, NOTE_SIZE = 64, 448
COUNTERS_AT = 512
NAMES_AT, NAMES_SIZE = 1024, 1024
VERDICT_AT, VERDICT_SIZE = 2048, 128 * 1024
SLOTS_AT = VERDICT_AT + VERDICT_SIZE
SIZE = SLOTS_AT + (HEAD + TAIL) * SLOT
# Of a call: number, thread, fd, line, beginning, end, bytes; whether it was ready, slept, was forged.
NUMBERS = struct.Struct("<7qbbb")
VERDICTS = ("passed", "failed", "skipped", "died", "leaked", "could not start")  # that a child may come to
WORDS, LINES = ("wanted", "got", "words", "kind", "mark"), ("line", "suite_line")
LONGEST = 4000  # characters of each text in a verdict


class Board:
    """One test's shared memory: its phase, a note, counters, the tape, the verdict.

    Each write is one slice assignment, which a signal handler or another thread
    cannot cut in two, so no lock is needed and none can be held at a kill.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SIZE)
        self._next = itertools.count()

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()

    # what the child is doing

    @property
    def phase(self) -> str:
        """How far the child has come."""
        return PHASES[self._memory[0] % len(PHASES)]

    @phase.setter
    def phase(self, phase: str) -> None:
        self._memory[0] = PHASES.index(phase)

    @property
    def note(self) -> str:
        """What the suite is waiting for just now; empty if for nothing."""
        return self._text(NOTE_AT, NOTE_SIZE)

    @note.setter
    def note(self, note: str) -> None:
        self._put(NOTE_AT, NOTE_SIZE, note.encode("utf-8", "replace"))

    # the tape

    def reserve(self) -> int:
        """The number of the next call on the tape."""
        return next(self._next)

    def write(self, number: int, record: tuple[Any, ...]) -> None:
        """Put a call on the tape, or what has become of it."""
        call, who, thread, name, target, args, fd, line, began, ready, *outcome = record
        ended, result, error, copied, slept, made, forged = outcome
        ends, state = -1 if ended is None else ended, -1 if ready is None else ready
        try:
            data = NUMBERS.pack(call, thread, fd, line, began, ends, copied, state, slept, forged)
            data += "\0".join((who, name, target, args, result, error, made)).encode("utf-8", "replace")
        except (struct.error, TypeError):  # code that passes no number where one must be
            return
        if len(data) < SLOT - 2:
            start = self._slot(number)
            self._memory[start : start + 2 + len(data)] = struct.pack("<H", len(data)) + data

    def records(self) -> Iterator[tuple[Any, ...]]:
        """The calls that are still on the tape, in the order in which they began."""
        found = []
        empty = 0
        for place in range(HEAD + TAIL):
            start = SLOTS_AT + place * SLOT
            (size,) = struct.unpack_from("<H", self._memory, start)
            empty = 0 if size else empty + 1
            if empty == EMPTY:  # to look at a place takes memory for it
                break
            if NUMBERS.size < size < SLOT - 2:
                data = self._memory[start + 2 : start + 2 + size]
                number, thread, fd, line, began, ended, copied, ready, slept, forged = NUMBERS.unpack_from(data)
                texts = data[NUMBERS.size :].decode("utf-8", "replace").split("\0")
                if len(texts) != 7:
                    continue  # the process was killed while it wrote
                who, name, target, args, result, error, made = texts
                asked, end = None if ready < 0 else bool(ready), None if ended < 0 else ended
                call = (number, who, thread, name, target, args, fd, line, began, asked, end, result, error, copied)
                found.append((*call, bool(slept), made, bool(forged)))
        yield from sorted(found, key=lambda call: call[0])

    def count(self, counter: int, value: int) -> None:
        """Set a counter."""
        struct.pack_into("<q", self._memory, COUNTERS_AT + 8 * counter, value)

    def name_counters(self, names: list[str]) -> None:
        """Say what the counters count."""
        self._put(NAMES_AT, NAMES_SIZE, " ".join(names).encode())

    def counts(self) -> dict[str, int]:
        """All counters by their names."""
        values = struct.unpack_from(f"<{COUNTERS}q", self._memory, COUNTERS_AT)
        return dict(zip(self._text(NAMES_AT, NAMES_SIZE).split(), values, strict=False))

    # the end

    @property
    def verdict(self) -> dict[str, Any] | None:
        """What the child came to; None if it never got so far."""
        text = self._text(VERDICT_AT, VERDICT_SIZE)
        try:
            found = json.loads(text) if text else None
        except (ValueError, RecursionError):  # the process was killed while it wrote
            return None
        if not isinstance(found, dict) or found.get("verdict") not in VERDICTS:
            return None
        verdict: dict[str, Any] = {"verdict": found["verdict"], "whole_kata": found.get("whole_kata") is True}
        for key in (key for key in WORDS if isinstance(found.get(key), str)):
            # A lone surrogate could not be written to a file, nor sent to another process.
            verdict[key] = found[key].encode("utf-8", "backslashreplace").decode()
        predicted = found.get("predicted")
        if isinstance(predicted, list) and all(_is_texts(one, 3) for one in predicted):
            verdict["predicted"] = predicted
        return verdict | {key: found[key] for key in LINES if isinstance(found.get(key), int)}

    @verdict.setter
    def verdict(self, verdict: dict[str, Any]) -> None:
        short = {key: text[:LONGEST] if isinstance(text, str) else text for key, text in verdict.items()}
        self._put(VERDICT_AT, VERDICT_SIZE, json.dumps(short).encode())

    def _slot(self, number: int) -> int:
        place = number if number < HEAD else HEAD + (number - HEAD) % TAIL
        return SLOTS_AT + place * SLOT

    def _put(self, start: int, size: int, data: bytes) -> None:
        data = data[: size - 4]
        self._memory[start : start + 4 + len(data)] = struct.pack("<I", len(data)) + data

    def _text(self, start: int, size: int) -> str:
        (length,) = struct.unpack_from("<I", self._memory, start)
        return self._memory[start + 4 : start + 4 + min(length, size - 4)].decode("utf-8", "replace")


def _is_texts(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(isinstance(one, str) for one in value)
