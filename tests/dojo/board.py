"""Memory that a test's process shares with its supervisor.

The child writes as it goes and the parent reads after the end, however the end
came. It is an anonymous shared mapping, so there is no descriptor that the code
under test could close and no system call that could show in its trace.
"""

from __future__ import annotations

import itertools
import json
import marshal
import mmap
import struct
from collections.abc import Iterator
from typing import Any

PHASES = ("starting", "importing", "running", "finished")
COUNTERS = 64
HEAD = TAIL = 1024  # the first calls are kept, and the last; what lies between is counted
SLOT = 512
NOTE_AT, NOTE_SIZE = 64, 448
COUNTERS_AT = 512
NAMES_AT, NAMES_SIZE = 1024, 1024
VERDICT_AT, VERDICT_SIZE = 2048, 128 * 1024
SLOTS_AT = VERDICT_AT + VERDICT_SIZE
SIZE = SLOTS_AT + (HEAD + TAIL) * SLOT


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
        return PHASES[self._memory[0]]

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
        data = marshal.dumps(record)
        if len(data) < SLOT - 2:
            start = self._slot(number)
            self._memory[start : start + 2 + len(data)] = struct.pack("<H", len(data)) + data

    def records(self) -> Iterator[tuple[Any, ...]]:
        """The calls that are still on the tape, in the order in which they began."""
        found = []
        for place in range(HEAD + TAIL):
            start = SLOTS_AT + place * SLOT
            (size,) = struct.unpack_from("<H", self._memory, start)
            if size:
                try:
                    found.append(marshal.loads(self._memory[start + 2 : start + 2 + size]))
                except (EOFError, ValueError, TypeError):
                    continue  # the process was killed while it wrote
        yield from sorted(found, key=lambda record: int(record[0]))

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
            return json.loads(text) if text else None
        except ValueError:  # the process was killed while it wrote
            return None

    @verdict.setter
    def verdict(self, verdict: dict[str, Any]) -> None:
        self._put(VERDICT_AT, VERDICT_SIZE, json.dumps(verdict).encode())

    def _slot(self, number: int) -> int:
        place = number if number < HEAD else HEAD + (number - HEAD) % TAIL
        return SLOTS_AT + place * SLOT

    def _put(self, start: int, size: int, data: bytes) -> None:
        data = data[: size - 4]
        self._memory[start : start + 4 + len(data)] = struct.pack("<I", len(data)) + data

    def _text(self, start: int, size: int) -> str:
        (length,) = struct.unpack_from("<I", self._memory, start)
        return self._memory[start + 4 : start + 4 + length].decode("utf-8", "replace")
